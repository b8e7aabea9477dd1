using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Backups;

/// <summary>What is taken for a backup and what is not, on real files.</summary>
public sealed class BackupInspectorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("inspector-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Sql => SiteDump.Header("15.50.0") + """
        /*M!999999\- enable the sandbox mode */
        CREATE TABLE `__Auth` (`doctype` varchar(140));
        INSERT INTO `tabNote` VALUES ('-- Dump completed');
        -- Dump completed on 2026-11-22  1:35:12

        """;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_whole_dump_tells_its_version()
    {
        var facts = await BackupInspector.DumpAsync(Put("a.sql.gz", Gzip(Sql)), Cancel);
        Assert.Equal(new DumpFacts("15.50.0", Encoding.UTF8.GetByteCount(Sql)), facts);
    }

    [Fact]
    public async Task A_dump_of_many_members_is_one_dump()
    {
        var half = Sql.Length / 2;
        var facts = await BackupInspector.DumpAsync(Put("a.sql.gz", [.. Gzip(Sql[..half]), .. Gzip(Sql[half..])]), Cancel);
        Assert.Equal(Encoding.UTF8.GetByteCount(Sql), facts.SqlBytes);
    }

    [Fact]
    public async Task The_password_table_is_found_wherever_the_pieces_meet()
    {
        // The inspector reads pieces of 256 KB; the name lies across the seam.
        var start = SiteDump.Header("15.50.0");
        foreach (var offset in new[] { 262144 - 5, 262144 - 20, 262144, 262144 + 3 })
        {
            var sql = start + new string('-', offset - start.Length) + "CREATE TABLE `__Auth` (x);\n-- Dump completed\n";
            Assert.Equal(sql.Length, (await BackupInspector.DumpAsync(Put($"{offset}.sql.gz", Gzip(sql)), Cancel)).SqlBytes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(60)]
    public async Task A_dump_that_was_cut_off_is_refused_wherever_it_was_cut(int missing) =>
        await AssertRefusedAsync("not a whole gzip file", Put("a.sql.gz", Gzip(Sql)[..^missing]));

    [Fact]
    public async Task A_dump_that_was_cut_off_between_two_members_is_refused()
    {
        var half = Sql.Length / 2;
        await AssertRefusedAsync("cut off: it does not end", Put("a.sql.gz", Gzip(Sql[..half])));
    }

    [Fact]
    public async Task A_dump_whose_program_was_ended_before_its_last_line_is_refused() =>
        await AssertRefusedAsync("cut off: it does not end", Put("a.sql.gz", Gzip(Sql.Replace("-- Dump completed on", "-- Dump comp", StringComparison.Ordinal))));

    [Fact]
    public async Task Bytes_behind_the_gzip_are_refused_because_gzip_would_fail_in_the_middle_of_a_restore()
    {
        await AssertRefusedAsync("something behind its end", Put("a.sql.gz", [.. Gzip(Sql), 1, 2, 3]));
        await AssertRefusedAsync("something behind its end", Put("b.sql.gz", [.. Gzip(Sql), .. new byte[512]]));
    }

    [Fact]
    public async Task One_changed_bit_is_refused()
    {
        var bytes = Gzip(Sql);
        bytes[^6] ^= 1;
        await AssertRefusedAsync("not a whole gzip file", Put("a.sql.gz", bytes));
    }

    [Fact]
    public async Task What_is_not_a_site_is_refused()
    {
        await AssertRefusedAsync("is empty", Put("empty.sql.gz", Gzip("")));
        await AssertRefusedAsync("not a whole gzip file", Put("text.sql.gz", Encoding.UTF8.GetBytes(Sql)));
        await AssertRefusedAsync("does not begin with Frappe's header", Put("other.sql.gz", Gzip("CREATE TABLE `__Auth` (x);\n-- Dump completed\n")));
        await AssertRefusedAsync("partial backup", Put("partial.sql.gz", Gzip(Sql.Replace("__Auth", "tabNote", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_missing_file_is_told_as_missing()
    {
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => BackupInspector.DumpAsync(Path.Combine(folder.FullName, "none.sql.gz"), Cancel));
        Assert.Equal(JobErrorCodes.BackupNotFound, failure.Error.Code);
    }

    [Theory]
    [InlineData("a.tar")]
    [InlineData("a.tgz")]
    public async Task A_tar_of_a_sites_files_is_taken(string name)
    {
        var path = Tar(name, tar =>
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "./shop.example.com/public/files/"));
            tar.WriteEntry(File("./shop.example.com/public/files/" + new string('n', 150), 700));
        });
        Assert.Equal(700, await BackupInspector.TarAsync(path, BackupFileKind.PublicFiles, Cancel));
    }

    [Theory]
    [InlineData("/etc/passwd", "leads out")]
    [InlineData("./s.example.com/public/files/../../../x", "leads out")]
    [InlineData("./s.example.com/private/files/x", "not a site's public files")]
    [InlineData("s.example.com/public/files/x", "not a site's public files")]
    [InlineData("./s.example.com/public/x", "not a site's public files")]
    [InlineData("./s.example.com/site_config.json", "not a site's public files")]
    public async Task A_member_that_would_land_elsewhere_is_refused(string member, string reason) =>
        await AssertTarRefusedAsync(reason, Tar("a.tar", tar => tar.WriteEntry(File(member, 3))));

    [Fact]
    public async Task Links_and_devices_are_refused()
    {
        foreach (var type in new[] { TarEntryType.SymbolicLink, TarEntryType.HardLink })
        {
            var entry = new GnuTarEntry(type, "./s.example.com/public/files/x") { LinkName = "/etc/passwd" };
            await AssertTarRefusedAsync("holds a link", Tar($"{type}.tar", tar => tar.WriteEntry(entry)));
        }

        foreach (var type in new[] { TarEntryType.Fifo, TarEntryType.CharacterDevice, TarEntryType.BlockDevice })
            await AssertTarRefusedAsync("neither file nor folder", Tar($"{type}.tar", tar => tar.WriteEntry(new GnuTarEntry(type, "./s.example.com/public/files/x"))));
    }

    [Fact]
    public async Task A_tar_that_was_cut_off_or_is_none_is_refused()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(Tar("whole.tar", tar => tar.WriteEntry(File("./s.example.com/public/files/x", 5000))), Cancel);
        await AssertTarRefusedAsync("cut off", Put("cut.tar", whole[..3000]));
        await AssertTarRefusedAsync("empty tar", Put("zeros.tar", new byte[10240]));
        await AssertTarRefusedAsync("empty tar", Put("empty.tar", []));

        // The real `bench restore` says "has been restored with files" of this one.
        await AssertTarRefusedAsync("not a whole tar file", Put("text.tar", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("This is no tar. ", 100)))));
        var gzipped = Gzip(Encoding.Latin1.GetString(whole));
        await AssertTarRefusedAsync("not a whole tar file", Put("cut.tgz", gzipped[..(gzipped.Length / 2)]));
    }

    private static async Task AssertRefusedAsync(string reason, string path)
    {
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => BackupInspector.DumpAsync(path, Cancel));
        Assert.Equal(JobErrorCodes.BackupInvalid, failure.Error.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertTarRefusedAsync(string reason, string path)
    {
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => BackupInspector.TarAsync(path, BackupFileKind.PublicFiles, Cancel));
        Assert.Equal(JobErrorCodes.BackupInvalid, failure.Error.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static GnuTarEntry File(string name, int bytes) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(new byte[bytes]) };

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));

        return compressed.ToArray();
    }

    private string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Tar(string name, Action<TarWriter> fill)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Gnu, leaveOpen: true))
            fill(tar);

        return Put(name, name.EndsWith("gz", StringComparison.Ordinal) ? Gzip2(memory.ToArray()) : memory.ToArray());

        static byte[] Gzip2(byte[] bytes)
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(bytes);

            return compressed.ToArray();
        }
    }
}

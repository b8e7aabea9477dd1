using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Tests.Agent;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// How long the job "Backup" takes for a site with 500 MB of database and 500 MB of files, from the order to its verified end, beside `mariadb-dump | gzip` and `tar` as
/// bench runs them in the backend. Three rounds of each in turn, medians; afterwards the real `bench restore` has to bring the whole site back from ours.
/// </summary>
internal static class BackupMeasure
{
    private const int Rounds = 3;
    private const int Megabytes = 500;
    private const int RowBytes = 1000;
    private const int Rows = Megabytes * 1024 * 1024 / RowBytes;

    public static async Task<int> RunAsync()
    {
        await using var server = await AgentServer.CreateAsync();
        var bench = BenchName.Parse($"{server.Prefix}-measure");
        var site = SiteName.Parse("measure.example.com");
        await SucceedAsync(server, await server.NewBenchAsync(bench));
        await SucceedAsync(server, await server.NewSiteAsync(bench, site.Value, "Measure-the-backup-1"));
        var database = (await server.ReadAsync(bench, site)).DatabaseName!;
        await FillDatabaseAsync(server, database);
        await FillFilesAsync(server, bench, site);
        var script = Plain(server, bench, site, database);

        var (ours, plain) = (new List<double>(), new List<double>());
        BackupRecord? last = null;
        for (var round = 1; round <= Rounds; round++)
        {
            // What the round before has written is on the disk before the clock starts.
            await Shell.RunAsync("sync");
            plain.Add(await TimeAsync(() => Shell.RunAsync("docker", script)));
            await Shell.RunAsync("sync");
            ours.Add(await TimeAsync(async () => last = await BackUpAsync(server, bench, site)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}  plain {plain[^1],6:0.0} s   ours {ours[^1],6:0.0} s   {last!.DatabaseBytes >> 20} MB of SQL in {last.Find(BackupFileKind.Database)!.Bytes >> 20} MB"));
        }

        await RestoreAsync(server, bench, site, database, last!);
        var (ourMedian, plainMedian) = (Median(ours), Median(plain));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"ours_s":{{ourMedian:0.00}},"plain_s":{{plainMedian:0.00}},"ratio":{{ourMedian / plainMedian:0.00}}}"""));
        return 0;
    }

    /// <summary>As bench does it, without the start of bench itself. The password is in an environment here, in a container of this measure's own.</summary>
    private static string[] Plain(AgentServer server, BenchName bench, SiteName site, string database)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "site_config.json")));
        var script = $"""
            set -e -o pipefail; cd /home/frappe/frappe-bench/sites
            mariadb-dump --user={database} --host={server.Prefix}-mariadb --single-transaction --quick --lock-tables=false {database} | gzip > plain.sql.gz
            tar cf plain-files.tar ./{site}/public/files
            tar cf plain-private-files.tar ./{site}/private/files
            """;
        return ["exec", "-e", $"MYSQL_PWD={config.RootElement.GetProperty("db_password").GetString()}", $"{bench}-backend", "bash", "-c", script];
    }

    private static async Task<BackupRecord> BackUpAsync(AgentServer server, BenchName bench, SiteName site)
    {
        var job = await SucceedAsync(server, await server.OrderAsync(HttpMethod.Post, BackupRoutes.ForBackups(bench, site), """{"withFiles":true}"""));
        return job.Result!.Value.Deserialize(BackupJson.Default.BackupRecord)!;
    }

    private static async Task<JobSnapshot> SucceedAsync(AgentServer server, Guid id)
    {
        var job = await server.UntilEndAsync(id);
        return job.State == JobState.Success ? job : throw new InvalidOperationException($"{job.Type}: {job.Error}");
    }

    /// <summary>Text as people write it: words of a small vocabulary, which compress about as a site's data does.</summary>
    private static async Task FillDatabaseAsync(AgentServer server, string database)
    {
        Console.WriteLine("filling the database");
        await server.QueryAsync($"CREATE TABLE `{database}`.`tabMeasure` (`name` int PRIMARY KEY, `creation` datetime(6), `owner` varchar(140), `content` longtext)");
        var start = new ProcessStartInfo("docker", ["exec", "-i", $"{server.Prefix}-mariadb", "mariadb", "--defaults-extra-file=/run/frappe-hybrid/client.cnf", database])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        using var client = Process.Start(start)!;
        string[] words = [.. Enumerable.Range(0, 4096).Select(_ => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", RandomNumberGenerator.GetInt32(2, 11)))];
        var dice = new byte[RowBytes];
        var text = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            RandomNumberGenerator.Fill(dice);
            text.Append(row % 500 == 0 ? "INSERT INTO tabMeasure VALUES " : ",").Append(CultureInfo.InvariantCulture, $"({row},NOW(6),'user{dice[0] % 50}@example.com','");
            for (int length = 0, place = 0; length < RowBytes - 60; place += 2)
            {
                var word = words[BitConverter.ToUInt16(dice, place) % words.Length];
                text.Append(word).Append(' ');
                length += word.Length + 1;
            }

            text.Append("')");
            if (row % 500 == 499 || row == Rows - 1)
            {
                await client.StandardInput.WriteAsync(text.Append(";\n"));
                text.Clear();
            }
        }

        client.StandardInput.Close();
        await client.WaitForExitAsync();
        if (client.ExitCode != 0)
            throw new InvalidOperationException("The database could not be filled.");
    }

    /// <summary>Pictures and documents: compressed already.</summary>
    private static async Task FillFilesAsync(AgentServer server, BenchName bench, SiteName site)
    {
        Console.WriteLine("filling the files");
        var folder = new BenchFolder(server.Paths, bench).SiteFolder(site);
        var bytes = new byte[1 << 20];
        for (var number = 0; number < Megabytes; number++)
        {
            RandomNumberGenerator.Fill(bytes);
            await File.WriteAllBytesAsync(Path.Combine(folder, number % 2 == 0 ? "public/files" : "private/files", $"document-{number}.pdf"), bytes);
        }

        if (Environment.IsPrivilegedProcess)
            await Shell.RunAsync("chown", "-R", "1000:1000", folder);
    }

    private static async Task RestoreAsync(AgentServer server, BenchName bench, SiteName site, string database, BackupRecord backup)
    {
        Console.WriteLine("bench restore of ours");
        var folder = new BenchFolder(server.Paths, bench);
        var name = backup.Find(BackupFileKind.Database)!.Name;
        File.Copy(Path.Combine(folder.Backups, site.Value, backup.Id.ToString(), name), Path.Combine(folder.Sites, name));
        File.SetUnixFileMode(Path.Combine(folder.Sites, name), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await server.QueryAsync($"DELETE FROM `{database}`.tabMeasure WHERE name < 1000");
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "sh", "-c", $"printf '%s\\n' {AgentServer.RootPassword} | bench --site {site} restore {name}");
        if ((await server.QueryAsync($"SELECT COUNT(*) FROM `{database}`.tabMeasure")) is not [var count] || count != Rows.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException("bench restore did not bring everything back.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}

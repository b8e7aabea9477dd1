using System.Text.RegularExpressions;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>`verify-activity` beside a running portal.</summary>
public sealed partial class VerifyActivityCommandTests
{
    [Fact]
    public async Task Says_that_the_record_is_whole_and_where_it_is_not()
    {
        await using var portal = await TestPortal.StartAsync();
        (await portal.SignedInAsync()).Dispose();
        var (code, text) = await VerifyAsync(portal.Folder);
        Assert.True(code == 0, text);
        var seal = Seal().Match(text).Groups["seal"].Value;
        (await portal.SignedInAsync()).Dispose();
        Assert.Equal(0, (await VerifyAsync(portal.Folder, "--seal", seal)).Code);
        (code, text) = await VerifyAsync(portal.Folder, "--key-file", Path.Combine(portal.Folder, "no.key"));
        Assert.True(code == 1 && text.Contains("is missing", StringComparison.Ordinal), text);
        (code, text) = await VerifyAsync(portal.Folder, "--seal", new string('0', seal.Length));
        Assert.True(code == 1 && text.Contains("another record was put in its place", StringComparison.Ordinal), text);

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(portal.Folder, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(Xunit.TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER ActivityIsNotChanged; UPDATE Activity SET Summary = 'Nothing' WHERE Number = 1";
            await command.ExecuteNonQueryAsync(Xunit.TestContext.Current.CancellationToken);
        }

        (code, text) = await VerifyAsync(portal.Folder);
        Assert.True(code == 1 && text.Contains("At entry 1: This entry is not as it was written", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_folder_without_a_portal_is_named_and_stays_empty()
    {
        var folder = Directory.CreateTempSubdirectory("verify-test").FullName;
        try
        {
            var (code, text) = await VerifyAsync(folder);
            Assert.True(code == 1 && text.Contains("There is no portal", StringComparison.Ordinal), text);
            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Task<(int Code, string Text)> VerifyAsync(string folder, params string[] more) => CommandLine.RunAsync(["verify-activity", "--data-folder", folder, .. more]);

    [GeneratedRegex("Last seal: (?<seal>[0-9a-f]{64})", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Seal();
}

using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Frappe's log files on the disk: which are told, how much of one is read, and what a link in a folder of the containers' leads to.</summary>
public sealed class BenchLogsTests : IDisposable
{
    private const string Canary = "canary-of-the-database";
    private static readonly SiteName Site = SiteName.Parse("shop.example.com");
    private readonly TemporaryRoot root = new();
    private readonly BenchFolder folder;

    public BenchLogsTests()
    {
        folder = new BenchFolder(root.Paths, BenchName.Parse("main"));
        Directory.CreateDirectory(folder.Logs);
        Directory.CreateDirectory(Path.Combine(folder.SiteFolder(Site), "logs"));
        File.WriteAllText(Path.Combine(folder.SiteFolder(Site), "site_config.json"), $$"""{"db_name":"_1","db_password":"{{Canary}}"}""");
        File.WriteAllText(folder.Record, "{}");
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void Files_of_the_bench_and_of_each_site_are_told_and_nothing_else()
    {
        Write(folder.Logs, "frappe.log", "one\n");
        Write(folder.Logs, "worker.error.log.3", "old\n");
        Write(folder.Logs, "frappe.log.gz", "x");
        Write(folder.Logs, "notes.txt", "x");
        Write(Path.Combine(folder.SiteFolder(Site), "logs"), "frappe.log", "site\n");

        var files = new BenchLogs(folder).List();

        Assert.Equal(["frappe.log", "shop.example.com/frappe.log", "worker.error.log.3"], files.Select(file => file.Site is null ? file.Name.Value : $"{file.Site}/{file.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(4, files.Single(file => file is { Site: null, Name.Value: "frappe.log" }).Bytes);
        Assert.Equal("site\n", new BenchLogs(folder).Read(Site, LogName.Parse("frappe.log"), 1024)!.Text);
        Assert.Null(new BenchLogs(folder).Read(null, LogName.Parse("nosuch.log"), 1024));
    }

    [Fact]
    public void The_end_of_a_large_file_begins_with_a_whole_line_and_has_no_secret()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(line => $"line {line} of the log\n"));
        Write(folder.Logs, "frappe.log", $"{lines}GRANT ALL TO x IDENTIFIED BY '{Canary}'\nconnected with {Canary}\n");

        var text = new BenchLogs(folder).Read(null, LogName.Parse("frappe.log"), 4096)!;

        Assert.True(text.IsCut);
        Assert.InRange(text.Text.Length, 3500, 4096);
        Assert.StartsWith("line ", text.Text, StringComparison.Ordinal);
        Assert.EndsWith("connected with [hidden]\n", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, text.Text, StringComparison.Ordinal);
        Assert.False(new BenchLogs(folder).Read(null, LogName.Parse("frappe.log"), LogText.MostBytes)!.IsCut);
    }

    [Fact]
    public void A_link_that_an_app_has_planted_leads_nowhere()
    {
        var outside = Path.Combine(root.Folder, "outside");
        Directory.CreateDirectory(outside);
        Write(outside, "frappe.log", "of the server\n");

        // The file, its folder, and the site's folder: all three are a container's to write.
        File.CreateSymbolicLink(Path.Combine(folder.Logs, "linked.log"), Path.Combine(outside, "frappe.log"));
        Directory.Delete(Path.Combine(folder.SiteFolder(Site), "logs"));
        Directory.CreateSymbolicLink(Path.Combine(folder.SiteFolder(Site), "logs"), outside);
        var other = SiteName.Parse("other.example.com");
        Directory.CreateDirectory(Path.Combine(outside, "site", "logs"));
        Write(Path.Combine(outside, "site", "logs"), "frappe.log", "of the server\n");
        Write(Path.Combine(outside, "site"), "site_config.json", "{}");
        Directory.CreateSymbolicLink(folder.SiteFolder(other), Path.Combine(outside, "site"));

        var logs = new BenchLogs(folder);
        Assert.Null(logs.Read(null, LogName.Parse("linked.log"), 1024));
        Assert.Null(logs.Read(Site, LogName.Parse("frappe.log"), 1024));
        Assert.Null(logs.Read(other, LogName.Parse("frappe.log"), 1024));
        Assert.DoesNotContain(logs.List(), file => file.Site == Site || file.Name.Value == "linked.log");
    }

    [Theory]
    [InlineData("../frappe.log")]
    [InlineData("a/b.log")]
    [InlineData(".log")]
    [InlineData("frappe.log\n")]
    [InlineData("site_config.json")]
    [InlineData("frappe.log.gz")]
    [InlineData("")]
    public void A_name_that_is_no_log_file_does_not_pass(string name) => Assert.False(LogName.TryParse(name, out _));

    private static void Write(string where, string name, string text) => File.WriteAllText(Path.Combine(where, name), text);
}

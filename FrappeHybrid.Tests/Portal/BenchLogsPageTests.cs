using System.Net;
using System.Text.Json;
using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Page = FrappeHybrid.Portal.Components.Pages.BenchLogs;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The page of a bench's log files: which there are, the end of one, and who may read them.</summary>
public sealed class BenchLogsPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Files_are_listed_by_site_and_the_one_in_the_address_is_a_console()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/benches/{bench.Id}/logs?site=shop.example.com&file=frappe.log");
        var shown = page.Render<Page>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Equal(["Bench", "shop.example.com"], shown.FindAll(".files h2").Select(head => head.TextContent)), Patience);
        Assert.Equal("page", shown.Find(".file.chosen").GetAttribute("aria-current"));
        Assert.Equal("file:main:shop.example.com:frappe.log", shown.FindComponent<ConsoleView>().Instance.Source.ToString());
        Assert.Equal(bench.ServerId, shown.FindComponent<ConsoleView>().Instance.ServerId);
    }

    [Fact]
    public async Task Without_one_in_the_address_the_file_that_was_written_to_last_is_shown()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        var shown = page.Render<Page>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Equal("file:main:worker.log", shown.FindComponent<ConsoleView>().Instance.Source.ToString()), Patience);
    }

    [Fact]
    public async Task Nothing_written_yet_and_a_server_that_is_away_are_sentences()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]") });
        var empty = page.Render<Page>(parameters => parameters.Add(each => each.Id, bench.Id));
        empty.WaitForAssertion(() => Assert.Contains("no log file yet", empty.Markup, StringComparison.Ordinal), Patience);

        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.ServiceUnavailable, "busy", "It is busy."));
        var away = page.Render<Page>(parameters => parameters.Add(each => each.Id, bench.Id));
        away.WaitForAssertion(() => Assert.Contains("It is busy.", away.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_viewer_reads_none_and_a_stranger_finds_no_bench()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var bench = await BenchAsync(page);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/benches/{bench.Id}/logs?file=frappe.log");
        var shown = page.Render<Page>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains("Logs are for those who may watch consoles", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(page.Core.Agent.Requests, request => request.Contains("/logs", StringComparison.Ordinal));

        var status = page.Core.Get<BenchStatus>();
        var cancel = TestCore.Cancel;
        Assert.Equal("forbidden", (await status.LogFilesAsync(TestCore.ActorOf(page.Core.Team.Id, TeamRole.Viewer), bench.Id, cancel)).Error?.Code);
        Assert.Equal("forbidden", (await status.LogTextAsync(TestCore.ActorOf(page.Core.Team.Id, TeamRole.Viewer), bench.Id, null, LogName.Parse("frappe.log"), 1024, cancel)).Error?.Code);
        Assert.Equal("not-found", (await status.LogTextAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), bench.Id, null, LogName.Parse("frappe.log"), 1024, cancel)).Error?.Code);
        Assert.True((await status.LogFilesAsync(TestCore.StaffOf(StaffRole.Support), bench.Id, cancel)).IsDone);
    }

    private static async Task<Bench> BenchAsync(PageContext page)
    {
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        IReadOnlyList<LogFile> files =
        [
            new(LogName.Parse("frappe.log"), null, 10, DateTimeOffset.UnixEpoch),
            new(LogName.Parse("worker.log"), null, 10, DateTimeOffset.UnixEpoch.AddDays(1)),
            new(LogName.Parse("frappe.log"), SiteName.Parse("shop.example.com"), 1 << 20, DateTimeOffset.UnixEpoch),
        ];
        page.Core.Agent.Before = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            var path when path == BenchPaths.ForLogs(bench.Name) => Json(JsonSerializer.Serialize(files, BenchWorkJson.Default.IReadOnlyListLogFile)),
            _ => (HttpResponseMessage?)null,
        });
        return bench;
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json") };
}

using System.Net;
using Bunit;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>A server's disk and its clean-up: in words and pictures, while it is measured, and when nobody answers.</summary>
public sealed class ServerPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disk_names_a_database_by_its_site_and_leads_there()
    {
        await using var page = await PageContext.StartAsync();
        var server = await ServerAsync(page);
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(server), "shop.sites.example.com");
        var shown = page.Render<ServerDisk>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("79 % of 160 GB in use, 34 GB free", shown.Markup, StringComparison.Ordinal), Patience);
        var biggest = shown.FindAll(".rows li")[0];
        Assert.Equal($"/sites/{site.Id}", biggest.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("shop.sites.example.com", biggest.QuerySelector("a")!.TextContent);
        Assert.Equal("18 GB", biggest.QuerySelector(".end")!.TextContent);
        Assert.Equal(ServerSeed.PartCount, shown.FindAll(".parts li").Count);
    }

    [Fact]
    public async Task Disk_that_is_being_measured_says_so_and_shows_the_figures_by_itself()
    {
        await using var page = await PageContext.StartAsync();
        var server = await ServerAsync(page);
        var isDone = false;
        page.Core.Agent.Before = (request, _) => Task.FromResult<HttpResponseMessage?>(ServerSeed.Response(isDone ? null : new DiskUse(null, true, 0, [], 160L << 30, 34L << 30, false, [], [])));
        var shown = page.Render<ServerDisk>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("is being measured", shown.Find(".empty").TextContent, StringComparison.Ordinal), Patience);
        isDone = true;
        await page.Core.UntilAsync(() => Task.FromResult(shown.Markup.Contains("34 GB free", StringComparison.Ordinal)), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Disk_of_a_server_that_does_not_answer_says_so_and_can_be_asked_again()
    {
        await using var page = await PageContext.StartAsync();
        var server = await ServerAsync(page);
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.ServiceUnavailable, "busy", "The server is busy."));
        var shown = page.Render<ServerDisk>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".notice .what")), Patience);
        PortalSeed.Teach(page.Core.Agent);
        await shown.FindAll("button").Single(button => button.TextContent == "Ask again").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("34 GB free", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Clean_up_shows_what_would_go_before_anything_goes()
    {
        await using var page = await PageContext.StartAsync();
        var server = await ServerAsync(page);
        var shown = page.Render<ServerSettings>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("Show what would go", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("Take away", shown.Markup, StringComparison.Ordinal);
        await shown.FindAll("button").Single(button => button.TextContent == "Show what would go").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("frappe/erpnext:v15.41.2", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.FindAll("button").Single(button => button.TextContent.StartsWith("Take away 5 things", StringComparison.Ordinal)).ClickAsync(new());
        await using var db = await page.Core.DbAsync();
        Assert.Equal("clean-up-server", (await db.Jobs.SingleAsync(Cancel)).Type);
    }

    [Fact]
    public async Task Upkeep_is_offered_only_to_whom_may_order_it()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var server = await ServerAsync(page);
        var shown = page.Render<ServerSettings>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("Clean up", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll(".panel button, .panel a.button"));
    }

    private static async Task<Server> ServerAsync(PageContext page)
    {
        PortalSeed.Teach(page.Core.Agent);
        return await page.Core.AddServerAsync();
    }
}

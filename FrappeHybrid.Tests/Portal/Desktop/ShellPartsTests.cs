using Bunit;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

/// <summary>The status bar, the dock, the zone of times, lists with details beside them.</summary>
public sealed class ShellPartsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_status_bar_says_who_answers_and_what_runs()
    {
        await using var page = await PageContext.StartAsync();
        page.Core.Agents["away"] = new FakeAgent();
        var server = await page.Core.AddServerAsync();
        await page.Core.AddServerAsync("away", ServerState.Unreachable);
        await page.Core.OrderBenchAsync(server);
        var shown = page.Render<StatusBar>();
        shown.WaitForAssertion(() => Assert.Equal("1 of 2 Agents online", string.Join(' ', shown.Find(".agents").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), Patience);
        Assert.Contains("1 job running", shown.Find(".jobs").TextContent, StringComparison.Ordinal);
        Assert.Contains("warn", shown.Find(".agents").ClassList);
        Assert.Equal("1 alert", shown.Find(".alerts").TextContent);
    }

    [Fact]
    public async Task The_docks_tabs_are_walked_by_arrows_and_a_viewer_has_no_activity()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.OrderBenchAsync(await page.Core.AddServerAsync(), "fresh");
        var shown = page.Render<Dock>();
        shown.WaitForAssertion(() => Assert.Equal("1", shown.Find(".count").TextContent), Patience);
        await shown.InvokeAsync(() => shown.Find("[role=tablist]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowRight" }));
        shown.WaitForAssertion(() => Assert.Equal("true", shown.Find("#dock-activity").GetAttribute("aria-selected")), Patience);

        await using var viewer = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var other = viewer.Render<Dock>();
        other.WaitForAssertion(() => Assert.NotNull(other.Find(".nothing")), Patience);
        Assert.Empty(other.FindAll("#dock-activity"));
    }

    [Fact]
    public async Task What_is_in_the_dock_goes_into_windows_of_their_own()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.OrderBenchAsync(await page.Core.AddServerAsync(), "fresh");
        var workspace = page.Services.GetRequiredService<Workspace>();
        var shown = page.Render<Dock>();
        await shown.InvokeAsync(() => workspace.ShowDock(Workspace.JobsTab));
        shown.WaitForAssertion(() => Assert.Equal("/jobs/window", shown.Find("header a").GetAttribute("href")), Patience);
        await shown.InvokeAsync(() => workspace.ShowDock(Workspace.ActivityTab));
        shown.WaitForAssertion(() => Assert.Equal("/activity/window", shown.Find("header a").GetAttribute("href")), Patience);
        var server = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await shown.InvokeAsync(() => workspace.KeepConsole(new DockConsole(server, "nginx-access")));
        shown.WaitForAssertion(() => Assert.Equal($"/servers/{server}/console/nginx-access/window", shown.Find("header a").GetAttribute("href")), Patience);

        // A window stays what it is: what is clicked in it opens beside it.
        var jobs = page.Render<JobsWindow>();
        jobs.WaitForAssertion(() => Assert.Contains("New Bench", jobs.Find(".rows .what").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("_blank", jobs.Find(".rows .what").GetAttribute("target"));
        var activity = page.Render<ActivityWindow>();
        activity.WaitForAssertion(() => Assert.NotEmpty(activity.FindAll(".rows li")), Patience);
    }

    [Fact]
    public async Task A_job_is_shown_beside_the_list_and_a_foreign_one_is_not()
    {
        await using var page = await PageContext.StartAsync();
        var (_, job) = await page.Core.OrderBenchAsync(await page.Core.AddServerAsync());
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/jobs?job={job}");
        var shown = page.Render<JobList>();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".second button.step")), Patience);
        Assert.Equal("Jobs", shown.Find("h1").TextContent);
        Assert.Equal("New Bench main", shown.Find(".second h2").TextContent);
        Assert.Contains("here", shown.Find("tbody tr").ClassList);

        await using var stranger = await PageContext.StartAsync(StaffRole.None, on: page.Core);
        stranger.Services.GetRequiredService<NavigationManager>().NavigateTo($"/jobs?job={job}");
        var theirs = stranger.Render<JobList>();
        theirs.WaitForAssertion(() => Assert.Contains("Nothing has run yet", theirs.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("New Bench", theirs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_in_the_viewers_zone_and_in_UTC_when_it_is_unknown()
    {
        var viewer = new ViewerTime();
        var at = new DateTimeOffset(2026, 11, 21, 22, 4, 10, TimeSpan.Zero);
        Assert.Equal("22:04:10 UTC, 21 November 2026", viewer.Exact(at));
        viewer.Set("Etc/GMT-5", isUtc: false);
        Assert.Equal("03:04:10, 22 November 2026 (Etc/GMT-5)", viewer.Exact(at));
        viewer.Toggle();
        Assert.Equal("22:04:10 UTC, 21 November 2026", viewer.Exact(at));
        viewer.Set("Nowhere/At all", isUtc: false);
        Assert.Equal("UTC", viewer.Name);
    }
}

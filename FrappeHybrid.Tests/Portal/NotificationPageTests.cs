using Bunit;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Notifications;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The bell, its page, and what one is told of.</summary>
public sealed class NotificationPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bell_counts_what_comes_while_one_looks_and_shows_it()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var shown = page.Render<Bell>();
        shown.WaitForAssertion(() => Assert.Equal("Notifications", shown.Find("button.ring").GetAttribute("aria-label")), Patience);
        Assert.Empty(shown.FindAll(".count"));

        await page.Core.TellAsync(NotificationKind.JobFailed, new Place(page.Core.Team.Id), "Backup of <b>shop</b> failed");
        await page.Core.TellAsync(NotificationKind.JobFailed, new Place(page.Core.Team.Id), "Update of books failed");

        shown.WaitForAssertion(() => Assert.Equal("2", shown.Find(".count").TextContent), Patience);
        Assert.Equal("Notifications, 2 unread", shown.Find("button.ring").GetAttribute("aria-label"));
        Assert.Equal(("polite", "2 unread notifications"), (shown.Find("[role=status]").GetAttribute("aria-live"), shown.Find("[role=status]").TextContent));

        await shown.InvokeAsync(() => shown.Find("button.ring").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".day li.unread a").Count), Patience);
        Assert.Equal("Today", shown.Find(".day h3").TextContent);
        Assert.Equal("/jobs", shown.Find(".day a").GetAttribute("href"));
        Assert.Contains("&lt;b&gt;shop&lt;/b&gt;", shown.Markup, StringComparison.Ordinal);
        Assert.Equal(("dialog", "true"), (shown.Find(".over").GetAttribute("role"), shown.Find("button.ring").GetAttribute("aria-expanded")));
    }

    [Fact]
    public async Task What_is_followed_is_read_all_can_be_and_escape_closes()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        for (var number = 0; number < 3; number++)
            await page.Core.TellAsync(NotificationKind.JobFailed, new Place(page.Core.Team.Id), $"Job {number} failed");
        var shown = page.Render<Bell>();
        shown.WaitForAssertion(() => Assert.Equal("3", shown.Find(".count").TextContent), Patience);
        await shown.InvokeAsync(() => shown.Find("button.ring").ClickAsync(new()));
        await shown.InvokeAsync(() => shown.Find(".day a").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Equal("2", shown.Find(".count").TextContent), Patience);
        Assert.Empty(shown.FindAll(".over"));

        await shown.InvokeAsync(() => shown.Find("button.ring").ClickAsync(new()));
        await shown.InvokeAsync(() => shown.Find(".over header button").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Empty(shown.FindAll(".count")), Patience);
        Assert.Empty(shown.FindAll("li.unread"));
        await shown.Find(".bell").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Empty(shown.FindAll(".over"));
    }

    [Fact]
    public async Task Bell_with_nothing_says_what_comes_there()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<Bell>();
        await shown.InvokeAsync(() => shown.Find("button.ring").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("Nothing yet.", shown.Find(".over").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task List_is_filtered_and_paged_by_its_address()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        await using (var db = await page.Core.DbAsync())
        {
            for (var number = 0; number < NotificationList.PageSize + 5; number++)
                page.Core.Get<Notifier>().Tell(db, number < 3 ? NotificationKind.ServerBack : NotificationKind.JobFailed, new Place(page.Core.Team.Id), $"Number {number}", "/jobs");
            await db.SaveChangesAsync(Cancel);
        }

        await page.Core.Get<NotificationFanOut>().RunOnceAsync(Cancel);
        var shown = page.Render<NotificationList>();
        shown.WaitForAssertion(() => Assert.Equal(NotificationList.PageSize, shown.FindAll(".day li").Count), Patience);
        Assert.Contains("1 to 50 of 55", shown.Find(".pager").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("page=2", Assert.Single(shown.FindAll(".pager a")).GetAttribute("href"), StringComparison.Ordinal);

        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/notifications?kind=server-back");
        var filtered = page.Render<NotificationList>();
        filtered.WaitForAssertion(() => Assert.Equal(3, filtered.FindAll(".day li").Count), Patience);
        Assert.Empty(filtered.FindAll(".pager"));

        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/notifications?page=2");
        var second = page.Render<NotificationList>();
        second.WaitForAssertion(() => Assert.Equal(5, second.FindAll(".day li").Count), Patience);
        await second.InvokeAsync(() => second.FindAll("button").Single(button => button.TextContent == "Mark all as read").ClickAsync(new()));
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/notifications?unread=yes");
        var unread = page.Render<NotificationList>();
        unread.WaitForAssertion(() => Assert.Contains("You have read everything.", unread.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Choice_is_kept_at_once_for_all_teams_for_one_and_for_its_members()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Admin);
        var team = page.Core.Team.Id;
        var shown = page.Render<NotificationSettings>();
        shown.WaitForAssertion(() => Assert.Equal(NotificationKinds.All.Count, shown.FindAll("tbody tr").Count), Patience);
        Assert.True(shown.Find("[aria-label='A job failed: e-mail']").HasAttribute("checked"));
        await shown.Find("[aria-label='A job failed: e-mail']").ChangeAsync(new ChangeEventArgs { Value = false });
        await shown.Find("[aria-label='A job failed: bell']").ChangeAsync(new ChangeEventArgs { Value = false });
        shown.WaitForAssertion(() => Assert.Equal("Saved", shown.Find("[role=status]").TextContent), Patience);

        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/account/notifications?for={team}");
        var inTeam = page.Render<NotificationSettings>();
        inTeam.WaitForAssertion(() => Assert.Equal(NotificationKinds.OfTeams.Count, inTeam.FindAll("tbody tr").Count), Patience);
        Assert.False(inTeam.Find("[aria-label='A job failed: bell']").HasAttribute("checked"));
        await inTeam.Find("[aria-label='A job failed: bell']").ChangeAsync(new ChangeEventArgs { Value = true });
        inTeam.WaitForAssertion(() => Assert.Single(inTeam.FindAll("tbody .tag")), Patience);

        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/account/notifications?for=default-{team}");
        var members = page.Render<NotificationSettings>();
        members.WaitForAssertion(() => Assert.Equal($"Members of {page.Core.Team.Name}", members.Find("h2").TextContent), Patience);
        await members.Find("[aria-label='A server answers again: e-mail']").ChangeAsync(new ChangeEventArgs { Value = true });
        members.WaitForAssertion(() => Assert.Single(members.FindAll("tbody .tag")), Patience);

        // Where one is looked at again, it is so, and it is taken back there.
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/account/notifications?for={team}");
        var again = page.Render<NotificationSettings>();
        again.WaitForAssertion(() => Assert.Single(again.FindAll("tbody .tag")), Patience);
        await using var db = await page.Core.DbAsync();
        var choices = await db.NotificationChoices.AsNoTracking().ToListAsync(Cancel);
        Assert.Equal(3, choices.Count);
        Assert.Contains(choices, choice => choice is { TeamId: var at, InBell: false, ByEmail: false } && at == Guid.Empty);
        Assert.Contains(choices, choice => choice is { InBell: true, ByEmail: false } && choice.TeamId == team && choice.UserId != Guid.Empty);
        Assert.Contains(choices, choice => choice is { Kind: NotificationKind.ServerBack, InBell: true, ByEmail: true } && choice.TeamId == team && choice.UserId == Guid.Empty);

        await again.InvokeAsync(() => again.FindAll("button").Single(button => button.TextContent == "As in all my teams").ClickAsync(new()));
        again.WaitForAssertion(() => Assert.Empty(again.FindAll("tbody .tag")), Patience);
    }

    [Fact]
    public async Task Developer_is_not_offered_what_the_team_proposes()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Developer);
        var shown = page.Render<NotificationSettings>();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("tbody tr")), Patience);
        Assert.DoesNotContain("default-", shown.Markup, StringComparison.Ordinal);
    }
}

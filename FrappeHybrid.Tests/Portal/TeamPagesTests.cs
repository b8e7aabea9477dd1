using Bunit;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The pages of a team: members, invitations, settings, and the choice of a team.</summary>
public sealed class TeamPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Member_gets_another_role_and_a_limit_in_one_form()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));
        var member = await page.Core.AddUserAsync("member@example.com", role: TeamRole.Admin);
        var shown = page.Render<TeamMembers>(each => each.Add(part => part.Id, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".member").Count), Patience);

        await shown.InvokeAsync(() => shown.Find("[aria-label='Change member@example.com']").ClickAsync(new()));
        shown.Find("#member-role").Change(nameof(TeamRole.Viewer));
        shown.Find(".choice input").Change(true);
        shown.WaitForAssertion(() => Assert.Equal(3, shown.FindAll("fieldset input[type=checkbox]").Count), Patience);
        Assert.True(shown.Find("form button[type=submit]").HasAttribute("disabled"));
        shown.FindAll("fieldset input[type=checkbox]")[2].Change(true);
        await shown.Find("form").SubmitAsync();

        shown.WaitForAssertion(() => Assert.Contains("site shop.example.com", shown.FindAll(".member")[1].TextContent, StringComparison.Ordinal), Patience);
        var actor = await page.Core.ActorAsync(member.UserId);
        Assert.Equal(new Grant(TeamRole.Viewer, site.Place), Assert.Single(actor.Grants));
    }

    [Fact]
    public async Task Viewer_sees_members_and_changes_none()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        await page.Core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var shown = page.Render<TeamMembers>(each => each.Add(part => part.Id, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".member").Count), Patience);
        Assert.Empty(shown.FindAll(".member button"));
        Assert.DoesNotContain("Invitations", shown.Find("nav.sections").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_who_is_removed_shows_nothing_any_more()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Admin);
        var owner = await page.Core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var shown = page.Render<TeamMembers>(each => each.Add(part => part.Id, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".member").Count), Patience);
        var me = (await page.Core.Get<MemberQueries>().ListAsync(owner, page.Core.Team.Id, Cancel)).Single(member => member.Email == "somebody@example.com");

        Assert.True((await page.Core.Get<RemoveMember>().RunAsync(owner, page.Core.Team.Id, me.UserId, Cancel)).IsDone);

        shown.WaitForAssertion(() => Assert.Contains("not yours to see", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Without_mail_the_link_is_shown_once()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var shown = page.Render<TeamInvitations>(each => each.Add(part => part.Id, page.Core.Team.Id));
        await InviteAsync(shown);
        shown.WaitForAssertion(() => Assert.Contains("E-mail is not set up on this portal", shown.Markup, StringComparison.Ordinal), Patience);
        var link = shown.Find(".copy .text").TextContent;
        Assert.NotNull(await page.Core.Get<InvitationQueries>().OfferAsync(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], Cancel));
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Done").ClickAsync(new()));
        Assert.DoesNotContain("/account/invitation", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("invited@example.com", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_mail_the_page_holds_no_token()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        page.Core.Get<CoreOptions>().PublicUrl = "https://portal.example.com";
        page.Core.Get<MailOptions>().Host = "mail.example.com";
        var shown = page.Render<TeamInvitations>(each => each.Add(part => part.Id, page.Core.Team.Id));
        await InviteAsync(shown);
        shown.WaitForAssertion(() => Assert.Contains("on its way to invited@example.com", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("invitation#", shown.Markup, StringComparison.Ordinal);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Withdraw").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("Nobody is invited", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Last_owner_reads_what_to_do_instead_of_leaving()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var shown = page.Render<TeamSettings>(each => each.Add(part => part.Id, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Contains("You are the last owner", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent.Contains("Leave team", StringComparison.Ordinal));
        shown.Find("#team-name").Input("Renamed");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Equal("Renamed", shown.Find("h1").TextContent), Patience);
    }

    [Fact]
    public async Task Chosen_team_filters_the_explorer_and_the_lists_and_is_remembered()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.AddServerAsync();
        await using (var db = await page.Core.DbAsync())
        {
            db.Teams.Add(new Team { Id = Guid.CreateVersion7(), Name = "Second", CreatedAt = page.Core.Time.GetUtcNow() });
            await db.SaveChangesAsync(Cancel);
        }

        var switcher = page.Render<TeamSwitcher>();
        var list = page.Render<ServerList>();
        list.WaitForAssertion(() => Assert.Contains("Server agent", list.Markup, StringComparison.Ordinal), Patience);
        switcher.WaitForAssertion(() => Assert.Equal("All teams", switcher.Find("summary .team").TextContent), Patience);
        await switcher.InvokeAsync(() => switcher.FindAll(".list button").Single(button => button.TextContent == "Second").ClickAsync(new()));
        switcher.WaitForAssertion(() => Assert.Equal("Second", switcher.Find("summary .team").TextContent), Patience);
        list.WaitForAssertion(() => Assert.DoesNotContain("Server agent", list.Markup, StringComparison.Ordinal), Patience);
        var again = page.Render<TeamSwitcher>();
        again.WaitForAssertion(() => Assert.Equal("Second", again.Find("summary .team").TextContent), Patience);
    }

    [Fact]
    public async Task Operator_makes_a_team_and_customers_are_offered_none()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<TeamList>();
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".rows li")), Patience);
        await shown.InvokeAsync(() => shown.Find(".button.primary").ClickAsync(new()));
        shown.Find("#team-name").Input("New team");
        await shown.Find("form").SubmitAsync();
        await using var db = await page.Core.DbAsync();
        Assert.Equal(2, await db.Teams.CountAsync(Cancel));

        await using var other = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var theirs = other.Render<TeamList>();
        theirs.WaitForAssertion(() => Assert.Single(theirs.FindAll(".rows li")), Patience);
        Assert.DoesNotContain("New team", theirs.Markup, StringComparison.Ordinal);
    }

    private static async Task InviteAsync(IRenderedComponent<TeamInvitations> shown)
    {
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("button.primary")), Patience);
        await shown.InvokeAsync(() => shown.Find("button.primary").ClickAsync(new()));
        shown.Find("#invitation-email").Input("invited@example.com");
        await shown.Find("form").SubmitAsync();
    }
}

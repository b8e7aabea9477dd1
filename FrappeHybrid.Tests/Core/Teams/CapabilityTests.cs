using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>The table of capabilities, and rights that hold for a part of a team only.</summary>
public sealed class CapabilityTests
{
    private static readonly Place Team = new(Guid.CreateVersion7());
    private static readonly Place Server = Team with { ServerId = Guid.CreateVersion7() };
    private static readonly Place Bench = Server with { BenchId = Guid.CreateVersion7() };
    private static readonly Place Site = Bench with { SiteId = Guid.CreateVersion7() };
    private static readonly Place OtherSite = Bench with { SiteId = Guid.CreateVersion7() };
    private static readonly Place OtherTeam = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_capability_has_one_rule() => Assert.Equal(Enum.GetValues<Capability>().Order(), CapabilityTable.Rules.Select(rule => rule.Capability).Order());

    [Fact]
    public void The_documentation_holds_the_table() =>
        Assert.Contains(CapabilityTable.ToMarkdown(), File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")), StringComparison.Ordinal);

    [Fact]
    public void Nobody_but_the_operator_changes_what_is_not_a_teams_own()
    {
        foreach (var rule in CapabilityTable.Rules.Where(rule => rule.Kind is PlaceKind.Portal))
            Assert.Empty(rule.Roles);
        foreach (var rule in CapabilityTable.Rules.Where(rule => rule.Staff.Contains(StaffRole.Support)))
            Assert.Contains(rule.Capability, (Capability[])[Capability.View, Capability.WatchConsoles, Capability.ViewActivity, Capability.AskForAccess]);
    }

    [Fact]
    public void A_right_holds_where_it_was_given_and_what_lies_above_may_be_seen()
    {
        var actor = new Actor(Guid.CreateVersion7(), "developer@example.com", StaffRole.None, [new Grant(TeamRole.Developer, Site)]);
        Assert.True(actor.May(Capability.ManageSites, Site));
        foreach (var above in (Place[])[Bench, Server, Team])
        {
            Assert.True(actor.May(Capability.View, above));
            Assert.Equal("forbidden", actor.Refuse(Capability.ManageSites, above)?.Code);
            Assert.Equal("forbidden", actor.Refuse(Capability.WatchConsoles, above)?.Code);
        }

        foreach (var beside in (Place[])[OtherSite, OtherTeam, Place.Portal])
        {
            Assert.False(actor.May(Capability.View, beside));
            Assert.Equal("not-found", actor.Refuse(Capability.ManageSites, beside)?.Code);
        }
    }

    [Fact]
    public void A_wider_right_holds_in_all_that_lies_in_it()
    {
        foreach (var (granted, inside) in ((Place, Place[])[])[(Team, [Team, Server, Bench, Site]), (Server, [Server, Bench, Site, OtherSite]), (Bench, [Bench, Site, OtherSite])])
        {
            var actor = new Actor(Guid.CreateVersion7(), "developer@example.com", StaffRole.None, [new Grant(TeamRole.Developer, granted)]);
            Assert.All(inside, place => Assert.True(actor.May(Capability.ManageSites, place)));
            Assert.False(actor.May(Capability.ManageSites, OtherTeam));
        }
    }

    [Fact]
    public void A_token_takes_rights_away_and_adds_none()
    {
        var all = Enum.GetValues<Capability>().ToHashSet();
        var viewer = Actor.Member(Guid.CreateVersion7(), "viewer@example.com", Team.TeamId, TeamRole.Viewer) with { Limit = new TokenLimit(Guid.CreateVersion7(), "token", Place.Portal, all) };
        Assert.False(viewer.May(Capability.ManageSites, Site));

        var owner = Actor.Member(Guid.CreateVersion7(), "owner@example.com", Team.TeamId, TeamRole.Owner);
        var limited = owner with { Limit = new TokenLimit(Guid.CreateVersion7(), "token", Site, new HashSet<Capability> { Capability.View, Capability.ManageSites }) };
        Assert.True(limited.May(Capability.ManageSites, Site));
        Assert.True(limited.May(Capability.View, Bench));
        Assert.False(limited.May(Capability.ManageSites, OtherSite));
        Assert.False(limited.May(Capability.ManageBenches, Bench));
        Assert.False(limited.MayAnywhere(Capability.ManageServers));
        Assert.False(limited.May(Capability.View, OtherTeam));

        var staff = new Actor(Guid.CreateVersion7(), "operator@example.com", StaffRole.Operator, []) { Limit = new TokenLimit(Guid.CreateVersion7(), "token", Server, all) };
        Assert.False(staff.SeesAllTeams);
        Assert.True(staff.May(Capability.ManageSites, Site));
        Assert.False(staff.May(Capability.View, OtherTeam));
        Assert.False(staff.May(Capability.OperatePortal, Place.Portal));
    }

    [Fact]
    public async Task Queries_see_exactly_what_the_actor_may_view()
    {
        await using var core = await TestCore.StartAsync();
        var scene = await TwoTeams.AddAsync(core);
        await using var db = await core.DbAsync();
        var servers = await db.Servers.AsNoTracking().ToListAsync(Cancel);
        var benches = await db.Benches.AsNoTracking().ToListAsync(Cancel);
        var sites = await db.Sites.AsNoTracking().ToListAsync(Cancel);
        var jobs = await db.Jobs.AsNoTracking().ToListAsync(Cancel);
        Assert.True(servers.Count >= 3 && benches.Count >= 4 && sites.Count >= 4 && jobs.Count >= 2);

        foreach (var (who, actor) in scene.Actors)
        {
            Assert.True(Ids(servers, actor).SequenceEqual(await db.Servers.VisibleTo(actor).Select(row => row.Id).Order().ToListAsync(Cancel)), $"servers of {who}");
            Assert.True(Ids(benches, actor).SequenceEqual(await db.Benches.VisibleTo(actor).Select(row => row.Id).Order().ToListAsync(Cancel)), $"benches of {who}");
            Assert.True(Ids(sites, actor).SequenceEqual(await db.Sites.VisibleTo(actor).Select(row => row.Id).Order().ToListAsync(Cancel)), $"sites of {who}");

            // A job on a whole bench is nothing for who is limited to a site in it, though the bench's name is.
            var own = await db.Jobs.VisibleTo(actor).ToListAsync(Cancel);
            Assert.All(own, job => Assert.True(actor.May(Capability.View, job.Place), $"{job.Title} for {who}"));
            Assert.All(jobs.Where(job => actor.SeesAllTeams || actor.Grants.Any(grant => grant.Place.Contains(job.Place) && actor.Limit is null)), job => Assert.Contains(own, each => each.Id == job.Id));
        }
    }

    private static IOrderedEnumerable<Guid> Ids<T>(IEnumerable<T> rows, Actor actor)
        where T : ITeamOwned => rows.Where(row => actor.May(Capability.View, row.Place)).Select(row => row.Id).Order();
}

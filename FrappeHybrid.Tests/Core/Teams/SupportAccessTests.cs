using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>Support is let in for a time: asked, granted, ended by hand and by itself, and everything under it names it.</summary>
public sealed class SupportAccessTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestCore core = null!;
    private Actor owner = null!;
    private Actor support = null!;
    private Site site = null!;
    private Site otherSite = null!;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync(time);
        owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        support = await core.AddUserAsync("support@example.com", StaffRole.Support);
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        site = await core.AddSiteAsync(bench);
        otherSite = await core.AddSiteAsync(bench, "other.example.com");
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Granted_for_a_site_it_lets_work_there_until_its_time_and_nobody_does_anything()
    {
        var id = await AskAsync(site.Id, 120);
        Assert.False((await core.ActorAsync(support.UserId)).May(Capability.ManageSites, site.Place));

        TeamCase.Done(await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, 60, TestCore.Cancel));

        var inside = await core.ActorAsync(support.UserId);
        Assert.True(inside.May(Capability.ManageSites, site.Place));
        Assert.False(inside.May(Capability.ManageSites, otherSite.Place));
        Assert.False(inside.May(Capability.ManageMembers, new Place(core.Team.Id)));
        TeamCase.Done(ToResult(await core.Get<ClearSiteCache>().RunAsync(inside, site.Id, TestCore.Cancel)));
        Assert.Equal(id, (await core.LastAsync()).SupportAccessId);

        time.Advance(TimeSpan.FromMinutes(61));

        // The page that is still open asks with the rights of the moment, and who comes anew has none.
        Assert.False(inside.AsOf(time.GetUtcNow()).May(Capability.ManageSites, site.Place));
        Assert.False((await core.ActorAsync(support.UserId)).May(Capability.ManageSites, site.Place));
        Assert.True(Assert.Single(await core.Get<SupportAccessQueries>().OfTeamAsync(owner, core.Team.Id, TestCore.Cancel)).HasRunOut);
        Assert.Empty(await core.Get<SupportAccessQueries>().AtAsync(owner, site.Place, TestCore.Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Owner_and_asker_end_it_before_its_time(bool isOwner)
    {
        var told = new List<LiveChange>();
        var id = await AskAsync(core.Team.Id, 4320);
        TeamCase.Done(await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, null, TestCore.Cancel));
        Assert.True((await core.ActorAsync(support.UserId)).May(Capability.ManageBenches, otherSite.Place));
        using var subscription = core.Get<LiveChanges>().Subscribe(told.Add);

        TeamCase.Done(await core.Get<EndSupportAccess>().RunAsync(isOwner ? owner : support, id, TestCore.Cancel));

        Assert.Contains(told, change => change.Entity == LiveChange.Access && change.Id == support.UserId);
        Assert.False((await core.ActorAsync(support.UserId)).May(Capability.ManageBenches, otherSite.Place));
        TeamCase.Refused("ended-already", await core.Get<EndSupportAccess>().RunAsync(owner, id, TestCore.Cancel));
    }

    [Fact]
    public async Task Refused_or_taken_back_it_lets_nobody_in()
    {
        var refused = await AskAsync(site.Id, 60);
        TeamCase.Done(await core.Get<AnswerSupportAccess>().RunAsync(owner, refused, false, null, TestCore.Cancel));
        TeamCase.Refused("answered-already", await core.Get<AnswerSupportAccess>().RunAsync(owner, refused, true, null, TestCore.Cancel));
        var takenBack = await AskAsync(site.Id, 60);
        TeamCase.Done(await core.Get<EndSupportAccess>().RunAsync(support, takenBack, TestCore.Cancel));
        TeamCase.Refused("answered-already", await core.Get<AnswerSupportAccess>().RunAsync(owner, takenBack, true, null, TestCore.Cancel));
        Assert.Empty((await core.ActorAsync(support.UserId)).Grants);
    }

    [Fact]
    public async Task Who_asks_and_who_answers()
    {
        var admin = await core.AddUserAsync("admin@example.com", role: TeamRole.Admin);
        var other = await core.AddUserAsync("other-support@example.com", StaffRole.Support);
        Assert.Equal("not-found", (await core.Get<AskForAccess>().RunAsync(owner, core.Team.Id, site.Id, "A failed import", 60, TestCore.Cancel)).Error?.Code);
        var id = await AskAsync(site.Id, 60);
        TeamCase.Refused("forbidden", await core.Get<AnswerSupportAccess>().RunAsync(admin, id, true, null, TestCore.Cancel));
        TeamCase.Refused("forbidden", await core.Get<AnswerSupportAccess>().RunAsync(support, id, true, null, TestCore.Cancel));
        TeamCase.Refused("forbidden", await core.Get<EndSupportAccess>().RunAsync(other, id, TestCore.Cancel));
        TeamCase.Refused("access-time-invalid", await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, 61, TestCore.Cancel));
        TeamCase.Refused("access-time-invalid", await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, 14, TestCore.Cancel));

        // Support that owns the team lets itself in no more than anybody else.
        var both = await core.AddUserAsync("both@example.com", StaffRole.Support, TeamRole.Owner);
        var own = await core.Get<AskForAccess>().RunAsync(both, core.Team.Id, core.Team.Id, "My own team", 60, TestCore.Cancel);
        TeamCase.Refused("own-request", await core.Get<AnswerSupportAccess>().RunAsync(both, own.Value, true, null, TestCore.Cancel));
    }

    [Theory]
    [InlineData("four", 60, "reason-invalid")]
    [InlineData("A good reason", 14, "access-time-invalid")]
    [InlineData("A good reason", 4321, "access-time-invalid")]
    public async Task What_is_asked_has_a_reason_and_a_time(string reason, int minutes, string code) =>
        Assert.Equal(code, (await core.Get<AskForAccess>().RunAsync(support, core.Team.Id, site.Id, reason, minutes, TestCore.Cancel)).Error?.Code);

    [Fact]
    public async Task Asked_twice_it_is_one_request_and_things_of_others_are_not_there()
    {
        await AskAsync(site.Id, 60);
        Assert.Equal("asked-already", (await core.Get<AskForAccess>().RunAsync(support, core.Team.Id, site.Id, "Once more", 60, TestCore.Cancel)).Error?.Code);
        Assert.Equal("not-found", (await core.Get<AskForAccess>().RunAsync(support, core.Team.Id, Guid.CreateVersion7(), "A good reason", 60, TestCore.Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Whoever_is_support_no_more_is_let_in_nowhere()
    {
        var id = await AskAsync(site.Id, 60);
        TeamCase.Done(await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, null, TestCore.Cancel));
        await using (var db = await core.DbAsync())
            await db.Users.Where(user => user.Id == support.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.Staff, StaffRole.None), TestCore.Cancel);
        Assert.Empty((await core.ActorAsync(support.UserId)).Grants);
    }

    [Fact]
    public async Task Requests_and_answers_are_in_the_record_of_the_place_and_the_seals_hold()
    {
        var id = await AskAsync(site.Id, 60);
        var asked = await core.LastAsync();
        Assert.Equal(("ask-for-access", "Look into the failed import", site.Id, (Guid?)null), (asked.Act, asked.Reason, asked.SiteId, asked.SupportAccessId));
        TeamCase.Done(await core.Get<AnswerSupportAccess>().RunAsync(owner, id, true, 15, TestCore.Cancel));
        Assert.Equal("Let support@example.com into site shop.example.com for 15 minutes", (await core.LastAsync()).Summary);
        Assert.True((await core.Get<VerifyActivity>().CheckAsync(null, TestCore.Cancel)).IsWhole);
    }

    [Fact]
    public async Task Only_whom_it_concerns_sees_it()
    {
        var viewer = await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer);
        var other = await core.AddUserAsync("other-support@example.com", StaffRole.Support);
        await AskAsync(site.Id, 60);
        Assert.True(Assert.Single(await core.Get<SupportAccessQueries>().AtAsync(owner, site.Place, TestCore.Cancel)).MayAnswer);
        Assert.True(Assert.Single(await core.Get<SupportAccessQueries>().AtAsync(support, site.Place, TestCore.Cancel)).MayEnd);
        Assert.Empty(await core.Get<SupportAccessQueries>().AtAsync(viewer, site.Place, TestCore.Cancel));
        Assert.Empty(await core.Get<SupportAccessQueries>().AtAsync(other, site.Place, TestCore.Cancel));
        Assert.Empty(await core.Get<SupportAccessQueries>().AtAsync(owner, otherSite.Place, TestCore.Cancel));
        Assert.Empty(await core.Get<SupportAccessQueries>().OfTeamAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), core.Team.Id, TestCore.Cancel));
    }

    private async Task<Guid> AskAsync(Guid thing, int minutes)
    {
        var asked = await core.Get<AskForAccess>().RunAsync(support, core.Team.Id, thing, "Look into the failed import", minutes, TestCore.Cancel);
        Assert.True(asked.IsDone, asked.Error?.Message);
        return asked.Value;
    }

    private static FrappeHybrid.Core.Common.Result ToResult(FrappeHybrid.Core.Common.Result<Guid> result) => result.IsDone ? FrappeHybrid.Core.Common.Result.Done : result.Error;
}

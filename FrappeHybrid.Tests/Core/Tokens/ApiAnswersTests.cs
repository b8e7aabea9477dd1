using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Tokens;

/// <summary>Idempotency keys, also over the end of the portal.</summary>
public sealed class ApiAnswersTests
{
    [Fact]
    public async Task Portal_that_was_killed_in_the_middle_says_that_it_does_not_know()
    {
        var (core, token) = await StartAsync(new FakeTime());
        await using var _ = core;
        Assert.Null((await core.Get<ApiAnswers>().BeginAsync(token, "key", "hash", TestCore.Cancel)).Value.Status);
        Assert.Equal(ApiAnswers.Running.Code, (await core.Get<ApiAnswers>().BeginAsync(token, "key", "hash", TestCore.Cancel)).Error?.Code);
        await using var after = await core.AfterKillAsync();
        Assert.Equal(ApiAnswers.Unknown.Code, (await after.Get<ApiAnswers>().BeginAsync(token, "key", "hash", TestCore.Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Answer_is_encrypted_survives_a_restart_and_goes_after_a_day()
    {
        var time = new FakeTime();
        var (core, token) = await StartAsync(time);
        await using var _ = core;
        var answers = core.Get<ApiAnswers>();
        var begun = (await answers.BeginAsync(token, "key", "hash", TestCore.Cancel)).Value;
        await answers.KeepAsync(begun, 202, "application/json", "/there", "{\"canary\":1}"u8.ToArray(), TestCore.Cancel);
        await using var after = await core.AfterKillAsync();
        var again = (await after.Get<ApiAnswers>().BeginAsync(token, "key", "hash", TestCore.Cancel)).Value;
        Assert.Equal((202, "application/json", "/there"), (again.Status, again.ContentType, again.Location));
        Assert.Equal("{\"canary\":1}"u8.ToArray(), after.Get<ApiAnswers>().BodyOf(again));
        Assert.DoesNotContain("canary", again.BodyProtected!, StringComparison.Ordinal);
        Assert.Equal(ApiAnswers.OtherRequest.Code, (await answers.BeginAsync(token, "key", "another", TestCore.Cancel)).Error?.Code);

        time.Advance(ApiAnswer.Kept + TimeSpan.FromSeconds(1));
        Assert.Null((await answers.BeginAsync(token, "key", "another", TestCore.Cancel)).Value.Status);
        time.Advance(ApiAnswer.Kept + TimeSpan.FromSeconds(1));
        await core.Get<Housekeeping>().RunOnceAsync(TestCore.Cancel);
        await using var db = await core.DbAsync();
        Assert.Equal(0, await db.ApiAnswers.CountAsync(TestCore.Cancel));
    }

    private static async Task<(TestCore Core, Guid Token)> StartAsync(FakeTime time)
    {
        var core = await TestCore.StartAsync(time);
        await using var db = await core.DbAsync();
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = "owner@example.com", Email = "owner@example.com" };
        db.Users.Add(user);
        db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user.Id, Role = TeamRole.Owner });
        await db.SaveChangesAsync(TestCore.Cancel);
        var actor = (await core.Get<ActorQueries>().ForUserAsync(user.Id, null, TestCore.Cancel))!;
        var made = await core.Get<CreateApiToken>().RunAsync(actor, new ApiTokenRequest("x", core.Team.Id, core.Team.Id, [Capability.View], 300), TestCore.Cancel);
        return (core, made.Value.Id);
    }
}

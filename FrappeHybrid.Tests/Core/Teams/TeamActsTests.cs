using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

public sealed class TeamActsTests
{
    private const string Password = "Correct-horse-7";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_open_the_first_page_at_once_one_becomes_the_operator()
    {
        await using var core = await TestCore.StartAsync();
        Assert.True(await core.Get<FirstStart>().IsNeededAsync(Cancel));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => core.Get<CreateOperator>().RunAsync($"person{n}@example.com", Password, "Hosting", Cancel)));

        var made = Assert.Single(results, result => result.IsDone);
        Assert.All(results.Where(result => !result.IsDone), result => Assert.Equal("already-started", result.Error!.Code));
        Assert.False(await core.Get<FirstStart>().IsNeededAsync(Cancel));
        var actor = await core.Get<ActorQueries>().ForUserAsync(made.Value, null, Cancel);
        Assert.Equal(StaffRole.Operator, actor!.Staff);
        Assert.Equal(TeamRole.Owner, Assert.Single(actor.Grants).Role);
        Assert.Contains("Hosting", (await core.Get<TeamQueries>().MineAsync(actor, Cancel)).Select(team => team.Name));
    }

    [Theory]
    [InlineData("not an address", Password, "Team", "email-invalid")]
    [InlineData("a@example.com", "short", "Team", "account-refused")]
    [InlineData("a@example.com", Password, "  ", "team-name-invalid")]
    public async Task What_is_not_right_is_refused_and_nothing_is_written(string email, string password, string team, string code)
    {
        await using var core = await TestCore.StartAsync();

        var result = await core.Get<CreateOperator>().RunAsync(email, password, team, Cancel);

        Assert.Equal(code, result.Error?.Code);
        await using var db = await core.DbAsync();
        Assert.Equal((0, 1), (await db.Users.CountAsync(Cancel), await db.Teams.CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_sign_in_link_works_once_however_many_try_at_the_same_time()
    {
        await using var core = await TestCore.StartAsync();
        var user = (await core.Get<CreateOperator>().RunAsync("a@example.com", Password, "Team", Cancel)).Value;
        var links = core.Get<SignInLinks>();
        var token = await links.CreateAsync(user, TimeSpan.FromMinutes(5), Cancel);

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => links.RedeemAsync(token, Cancel)));

        Assert.Equal(user, Assert.Single(redeemed, each => each is not null));
        Assert.Null(await links.RedeemAsync(token, Cancel));
        Assert.Null(await links.RedeemAsync("nonsense", Cancel));
        Assert.Null(await links.RedeemAsync(new string('0', 64), Cancel));
    }

    [Fact]
    public async Task A_sign_in_link_ends_with_its_time_and_the_database_holds_only_a_hash()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var user = (await core.Get<CreateOperator>().RunAsync("a@example.com", Password, "Team", Cancel)).Value;
        var links = core.Get<SignInLinks>();
        var token = await links.CreateAsync(user, TimeSpan.FromMinutes(5), Cancel);
        await using var db = await core.DbAsync();
        Assert.DoesNotContain(token, (await db.SignInLinks.SingleAsync(Cancel)).TokenHash, StringComparison.OrdinalIgnoreCase);

        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(await links.RedeemAsync(token, Cancel));
    }
}

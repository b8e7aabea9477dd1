using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Teams;

public sealed class SignInGuardTests
{
    private readonly FakeTime time = new();

    [Fact]
    public async Task Five_tries_are_free_then_waits_double_up_to_a_quarter_of_an_hour()
    {
        await using var core = await StartAsync(time);
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.True((await TryAsync(core)).IsAllowed);
        foreach (var seconds in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), (await TryAsync(core)).Wait);
            time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(TimeSpan.FromSeconds(1), (await TryAsync(core)).Wait);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.True((await TryAsync(core)).IsAllowed);
        }
    }

    [Fact]
    public async Task A_known_browser_is_not_held_up_by_others_and_counts_by_itself()
    {
        await using var core = await StartAsync(time);
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync(core);
        Assert.False((await TryAsync(core)).IsAllowed);
        var browser = Guid.CreateVersion7();
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.True((await TryAsync(core, browser: browser)).IsAllowed);
        Assert.False((await TryAsync(core, browser: browser)).IsAllowed);
        Assert.True((await TryAsync(core, browser: Guid.CreateVersion7())).IsAllowed);
    }

    [Fact]
    public async Task Many_at_once_are_not_more_than_one_after_the_other()
    {
        await using var core = await StartAsync(time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() => TryAsync(core, address: $"203.0.113.{number}"), Cancel)));
        Assert.Equal(5, answers.Count(answer => answer.IsAllowed));
    }

    [Fact]
    public async Task What_was_right_is_taken_back()
    {
        await using var core = await StartAsync(time);
        var guard = core.Get<SignInGuard>();
        for (var round = 0; round < 20; round++)
            await guard.SucceedAsync(await TryAsync(core), Cancel);
        for (var attempt = 0; attempt < 4; attempt++)
            await TryAsync(core);
        // The fifth closes the account, and being right opens it again.
        await guard.SucceedAsync(await TryAsync(core), Cancel);
        Assert.True((await TryAsync(core)).IsAllowed);
        Assert.False((await TryAsync(core)).IsAllowed);
    }

    [Fact]
    public async Task An_address_has_30_tries_in_10_minutes_over_all_accounts_and_a_known_browser_behind_it_goes_on()
    {
        await using var core = await StartAsync(time);
        for (var number = 0; number < 30; number++)
            Assert.True((await TryAsync(core, $"person{number}@example.com")).IsAllowed);
        Assert.Equal(TimeSpan.FromMinutes(10), (await TryAsync(core, "another@example.com")).Wait);
        Assert.True((await TryAsync(core, "another@example.com", address: "203.0.113.77")).IsAllowed);
        Assert.True((await TryAsync(core, "another@example.com", browser: Guid.CreateVersion7())).IsAllowed);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await TryAsync(core, "another@example.com")).IsAllowed);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:203.0.113.5", "203.0.113.5", true)]
    [InlineData("203.0.113.5", "203.0.113.6", false)]
    public void Networks_of_64_bits_are_one_address(string one, string other, bool isSame) => Assert.Equal(isSame, SignInGuard.NetworkOf(one) == SignInGuard.NetworkOf(other));

    [Fact]
    public async Task A_day_without_a_failure_forgets_and_housekeeping_takes_it_away()
    {
        await using var core = await StartAsync(time);
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync(core);
        time.Advance(TimeSpan.FromDays(1));
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.True((await TryAsync(core)).IsAllowed);
        Assert.Equal(TimeSpan.FromSeconds(30), (await TryAsync(core)).Wait);
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await core.Get<Housekeeping>().RunOnceAsync(Cancel);
        await using var db = await core.DbAsync();
        Assert.Equal(0, await db.SignInBuckets.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_restart_forgets_nothing()
    {
        await using var core = await StartAsync(time);
        for (var attempt = 0; attempt < 5; attempt++)
            await TryAsync(core);
        await using var restarted = await core.AfterKillAsync();
        Assert.Equal(TimeSpan.FromSeconds(30), (await TryAsync(restarted)).Wait);
    }

    [Fact]
    public async Task Codes_and_passwords_are_counted_apart_and_spelling_does_not_matter()
    {
        await using var core = await StartAsync(time);
        foreach (var spelling in (string[])["owner@example.com", "OWNER@example.com", " owner@example.com", "Owner@Example.com", "owner@example.com "])
            Assert.True((await TryAsync(core, spelling)).IsAllowed);
        Assert.False((await TryAsync(core)).IsAllowed);
        Assert.True((await core.Get<SignInGuard>().BeginAsync(GuardedAct.Code, "owner@example.com", null, null, Cancel)).IsAllowed);
    }

    [Fact]
    public async Task What_was_typed_is_not_stored()
    {
        await using var core = await StartAsync(time);
        await TryAsync(core, "my password in the wrong field");
        await using var db = await core.DbAsync();
        foreach (var bucket in await db.SignInBuckets.ToListAsync(Cancel))
            Assert.Matches("^[a-z][0-9A-F]{64}$", bucket.Key);
    }

    private static Task<SignInTry> TryAsync(TestCore core, string account = "owner@example.com", Guid? browser = null, string address = "203.0.113.5") =>
        core.Get<SignInGuard>().BeginAsync(GuardedAct.Password, account, browser, address, Cancel);
}

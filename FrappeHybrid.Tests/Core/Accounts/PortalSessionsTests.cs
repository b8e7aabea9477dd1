using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class PortalSessionsTests
{
    private readonly FakeTime time = new();

    [Fact]
    public async Task The_file_knows_neither_key_nor_ticket()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var key = await core.AddSessionAsync(user.Id);
        Assert.Equal([1, 2, 3], (await core.Get<PortalSessions>().FindAsync(key, Cancel))!.Ticket);
        Assert.Null(await core.Get<PortalSessions>().FindAsync(key[..^1] + (key[^1] == '0' ? '1' : '0'), Cancel));
        await using var db = await core.DbAsync();
        var row = await db.Sessions.SingleAsync(Cancel);
        Assert.NotEqual(key, row.KeyHash, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("AQID", row.TicketProtected, StringComparison.Ordinal);
        Assert.Equal("Firefox on Linux", row.Browser);
    }

    [Fact]
    public async Task A_new_browser_is_told_to_its_user_but_not_the_first_of_all()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        await core.AddSessionAsync(user.Id, isNewBrowser: true);
        await core.AddSessionAsync(user.Id);
        await using var db = await core.DbAsync();
        Assert.Empty(await db.NotificationEvents.ToListAsync(Cancel));
        await core.AddSessionAsync(user.Id, isNewBrowser: true);
        var told = await db.NotificationEvents.SingleAsync(Cancel);
        Assert.Equal((NotificationKind.NewSignIn, user.Id, "Firefox on Linux signed in to your account"), (told.Kind, told.UserId, told.Title));
    }

    [Fact]
    public async Task Ends_after_12_hours_without_use()
    {
        await using var core = await AccountCore.StartAsync(time);
        var key = await core.AddSessionAsync((await core.AddAccountAsync()).Id);
        for (var use = 0; use < 4; use++)
        {
            time.Advance(TimeSpan.FromHours(11));
            Assert.NotNull(await core.Get<PortalSessions>().FindAsync(key, Cancel));
        }

        time.Advance(TimeSpan.FromHours(12));
        Assert.Null(await core.Get<PortalSessions>().FindAsync(key, Cancel));
    }

    [Fact]
    public async Task Remembered_it_ends_after_14_days_without_use_and_after_90_days_always()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var idle = await core.AddSessionAsync(user.Id, isRemembered: true);
        var used = await core.AddSessionAsync(user.Id, isRemembered: true);
        time.Advance(TimeSpan.FromDays(13));
        Assert.NotNull(await core.Get<PortalSessions>().FindAsync(used, Cancel));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await core.Get<PortalSessions>().FindAsync(idle, Cancel));
        for (var day = 14; day < 89; day += 5)
        {
            time.Advance(TimeSpan.FromDays(5));
            Assert.NotNull(await core.Get<PortalSessions>().FindAsync(used, Cancel));
        }

        time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await core.Get<PortalSessions>().FindAsync(used, Cancel));
    }

    [Fact]
    public async Task Last_seen_is_written_once_a_minute_at_most()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var key = await core.AddSessionAsync(user.Id);
        var begun = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(59));
        await core.Get<PortalSessions>().FindAsync(key, Cancel);
        Assert.Equal(begun, (await core.Get<PortalSessions>().ListAsync(user.Id, Cancel))[0].LastSeenAt);
        time.Advance(TimeSpan.FromSeconds(1));
        await core.Get<PortalSessions>().FindAsync(key, Cancel);
        Assert.Equal(time.GetUtcNow(), (await core.Get<PortalSessions>().ListAsync(user.Id, Cancel))[0].LastSeenAt);
    }

    [Fact]
    public async Task An_open_page_alone_keeps_nothing_alive()
    {
        await using var core = await AccountCore.StartAsync(time);
        var sessions = core.Get<PortalSessions>();
        var id = (await sessions.FindAsync(await core.AddSessionAsync((await core.AddAccountAsync()).Id), Cancel))!.Id;
        time.Advance(TimeSpan.FromHours(11));
        Assert.True(await sessions.IsGoodAsync(id, isUsed: false, Cancel));
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.True(await sessions.IsGoodAsync(id, isUsed: true, Cancel));
        time.Advance(TimeSpan.FromHours(11));
        Assert.True(await sessions.IsGoodAsync(id, isUsed: false, Cancel));
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(await sessions.IsGoodAsync(id, isUsed: true, Cancel));
    }

    [Fact]
    public async Task Ended_ones_are_gone_and_nobody_ends_those_of_others()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var other = await core.AddAccountAsync("other@example.com");
        var sessions = core.Get<PortalSessions>();
        string[] keys = [await core.AddSessionAsync(user.Id), await core.AddSessionAsync(user.Id), await core.AddSessionAsync(user.Id)];
        var ids = await Task.WhenAll(keys.Select(async key => (await sessions.FindAsync(key, Cancel))!.Id));

        await sessions.EndAsync(other.Id, ids[0], null, Cancel);
        Assert.NotNull(await sessions.FindAsync(keys[0], Cancel));
        await sessions.EndAsync(user.Id, ids[0], null, Cancel);
        Assert.Null(await sessions.FindAsync(keys[0], Cancel));
        Assert.False(await sessions.IsGoodAsync(ids[0], isUsed: true, Cancel));
        await sessions.EndAllAsync(user.Id, ids[1], null, Cancel);
        Assert.Equal([ids[1]], (await sessions.ListAsync(user.Id, Cancel)).Select(session => session.Id));
        await sessions.RemoveAsync(keys[1], Cancel);
        Assert.Empty(await sessions.ListAsync(user.Id, Cancel));
        Assert.Contains($"{AccountCore.Email}: Signed out", await core.RecordAsync());
    }

    [Fact]
    public async Task Another_stamp_and_a_deleted_user_end_them()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var key = await core.AddSessionAsync(user.Id);
        await using var db = await core.DbAsync();
        await db.Users.Where(each => each.Id == user.Id).ExecuteUpdateAsync(each => each.SetProperty(row => row.SecurityStamp, "another"), Cancel);
        Assert.Null(await core.Get<PortalSessions>().FindAsync(key, Cancel));
        await db.TeamMembers.Where(member => member.UserId == user.Id).ExecuteDeleteAsync(Cancel);
        await db.Users.Where(each => each.Id == user.Id).ExecuteDeleteAsync(Cancel);
        Assert.Equal(0, await db.Sessions.CountAsync(Cancel));
    }

    [Fact]
    public async Task Housekeeping_takes_those_that_have_ended()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        await core.AddSessionAsync(user.Id);
        await core.AddSessionAsync(user.Id, isRemembered: true);
        time.Advance(TimeSpan.FromDays(2));
        await core.Get<Housekeeping>().RunOnceAsync(Cancel);
        await using var db = await core.DbAsync();
        Assert.True((await db.Sessions.SingleAsync(Cancel)).IsRemembered);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("<script>alert(1)</script>", "Unknown browser")]
    [InlineData(null, "Unknown browser")]
    public void Browsers_have_names(string? userAgent, string name) => Assert.Equal(name, BrowserName.Of(userAgent));
}

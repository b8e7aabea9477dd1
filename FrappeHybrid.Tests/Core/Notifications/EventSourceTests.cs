using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Notifications;

/// <summary>What is told, when, and in which words.</summary>
public sealed class EventSourceTests
{
    private static readonly Error Silence = new("feed-silent", "The Agent is silent.", "Look at the server.");

    private static CancellationToken Cancel => TestCore.Cancel;

    [Theory]
    [InlineData(RunState.Failure, true)]
    [InlineData(RunState.DeliveryFailure, true)]
    [InlineData(RunState.Cancelled, false)]
    [InlineData(RunState.Success, false)]
    public async Task Job_that_failed_is_told_once_and_no_other(RunState end, bool isTold)
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var (bench, job) = await core.OrderBenchAsync(server);

        for (var time = 0; time < 2; time++)
        {
            await core.Get<JobUpdates>().RunAsync(
                job,
                each =>
                {
                    if (!each.HasEnded)
                        each.End(end, end is RunState.Failure ? new Error("no-space", "The disk is\r\nfull.", Raw: "secret output") : null, core.Time.GetUtcNow());
                },
                Cancel);
        }

        var told = await EventsAsync(core);
        Assert.Equal(isTold ? 1 : 0, told.Count);
        if (end is not RunState.Failure)
            return;
        Assert.Equal((NotificationKind.JobFailed, "New Bench of main failed", "The disk is full.", $"/jobs/{job}", bench), (told[0].Kind, told[0].Title, told[0].Detail, told[0].Path, told[0].BenchId));
    }

    [Fact]
    public async Task Backup_that_failed_is_told_as_such()
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var ordered = await core.Get<BackupSite>().RunAsync(core.Owner, site.Id, true, Cancel);
        Assert.True(ordered.IsDone, ordered.Error?.Message);
        await using (var db = await core.DbAsync())
            await core.Get<JobUpdates>().RunAsync(await db.Jobs.Select(job => job.Id).SingleAsync(Cancel), job => job.End(RunState.Failure, Silence, core.Time.GetUtcNow()), Cancel);

        var told = Assert.Single(await EventsAsync(core));
        Assert.Equal((NotificationKind.BackupFailed, site.Id), (told.Kind, told.SiteId));
    }

    [Fact]
    public async Task Play_that_failed_is_told_with_its_end()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync(state: ServerState.Archived);
        await using (var db = await core.DbAsync())
        {
            db.Plays.Add(new Play { Id = NewId.At(core.Time), TeamId = core.Team.Id, ServerId = server.Id, Title = "Set up server", CreatedAt = core.Time.GetUtcNow() });
            await db.SaveChangesAsync(Cancel);
        }

        await core.Get<PlayRunner>().RunDueAsync(Cancel);

        var told = Assert.Single(await EventsAsync(core));
        Assert.Equal((NotificationKind.PlayFailed, "Set up server of Server agent failed", server.Id), (told.Kind, told.Title, told.ServerId));
    }

    [Fact]
    public async Task Server_that_comes_and_goes_is_not_told_and_one_that_stays_away_is_told_once()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var presence = core.Get<ServerPresence>();
        for (var times = 0; times < 5; times++)
        {
            await presence.GoneAsync(server.Id, Silence, Cancel);
            time.Advance(TimeSpan.FromSeconds(100));
            await presence.GoneAsync(server.Id, Silence, Cancel);
            await presence.HereAsync(server.Id, Cancel);
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Empty(await EventsAsync(core));

        await presence.GoneAsync(server.Id, Silence, Cancel);
        time.Advance(TimeSpan.FromMinutes(2));
        for (var times = 0; times < 3; times++)
        {
            await presence.GoneAsync(server.Id, Silence, Cancel);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var told = Assert.Single(await EventsAsync(core));
        Assert.Equal((NotificationKind.ServerUnreachable, "Server agent does not answer", "The Agent is silent."), (told.Kind, told.Title, told.Detail));

        time.Advance(TimeSpan.FromSeconds(1));
        await presence.HereAsync(server.Id, Cancel);
        await presence.HereAsync(server.Id, Cancel);
        Assert.Equal([NotificationKind.ServerUnreachable, NotificationKind.ServerBack], (await EventsAsync(core)).Select(each => each.Kind));
        Assert.Equal("It was away for 5 min.", (await EventsAsync(core))[1].Detail);
    }

    [Fact]
    public async Task Portal_that_is_killed_while_a_server_is_away_still_tells_when_it_is_time_and_when_it_is_back()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        await core.Get<ServerPresence>().GoneAsync(server.Id, Silence, Cancel);
        time.Advance(TimeSpan.FromMinutes(3));

        await using var second = await core.AfterKillAsync();
        await second.Get<ServerPresence>().GoneAsync(server.Id, Silence, Cancel);
        await using var third = await second.AfterKillAsync();
        await third.Get<ServerPresence>().GoneAsync(server.Id, Silence, Cancel);
        await third.Get<ServerPresence>().HereAsync(server.Id, Cancel);

        Assert.Equal([NotificationKind.ServerUnreachable, NotificationKind.ServerBack], (await EventsAsync(third)).Select(each => each.Kind).Order());
    }

    [Fact]
    public async Task Support_access_is_told_as_it_stands_and_support_hears_what_became_of_it()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        var support = await core.AddPersonAsync("support@example.com", staff: StaffRole.Support);
        var access = new SupportAccess
        {
            Id = NewId.At(core.Time),
            TeamId = core.Team.Id,
            ThingId = core.Team.Id,
            ThingName = "Customer",
            UserId = support,
            UserName = "support@example.com",
            Reason = "The mail queue hangs",
            Minutes = 60,
            AskedAt = core.Time.GetUtcNow(),
        };
        await using (var db = await core.DbAsync())
        {
            core.Get<Notifier>().SupportAccessChanged(db, access);
            access.Become(SupportAccessState.Granted, "owner@example.com", core.Time.GetUtcNow());
            core.Get<Notifier>().SupportAccessChanged(db, access);
            access.Become(SupportAccessState.Ended, "owner@example.com", core.Time.GetUtcNow());
            core.Get<Notifier>().SupportAccessChanged(db, access);
            await db.SaveChangesAsync(Cancel);
        }

        await core.Get<NotificationFanOut>().RunOnceAsync(Cancel);

        Assert.Equal([NotificationKind.SupportAsked, NotificationKind.SupportGranted, NotificationKind.SupportEnded], (await EventsAsync(core)).Select(each => each.Kind).Order());
        Assert.Equal(["owner@example.com bell", "owner@example.com bell", "owner@example.com bellmail", "support@example.com bell", "support@example.com bell"], await core.HeardAsync());
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("//evil.example.com")]
    [InlineData("https://evil.example.com")]
    public async Task Path_that_leads_out_of_the_portal_is_a_bug(string path)
    {
        await using var core = await TestCore.StartAsync();
        await using var db = await core.DbAsync();
        Assert.Throws<ArgumentException>(() => core.Get<Notifier>().Tell(db, NotificationKind.JobFailed, new Place(core.Team.Id), "x", path));
    }

    [Fact]
    public async Task Words_from_outside_stay_one_line_of_bounded_length()
    {
        await using var core = await TestCore.StartAsync();
        await using (var db = await core.DbAsync())
        {
            core.Get<Notifier>().Tell(db, NotificationKind.JobFailed, new Place(core.Team.Id), "a\r\nBcc: x@example.com\u2028b" + new string('x', 300), "/jobs", new string('y', 900));
            await db.SaveChangesAsync(Cancel);
        }

        var told = Assert.Single(await EventsAsync(core));
        Assert.StartsWith("a Bcc: x@example.com b", told.Title, StringComparison.Ordinal);
        Assert.Equal((Notifier.LongestTitle, Notifier.LongestDetail), (told.Title.Length, told.Detail!.Length));
    }

    [Fact]
    public async Task Old_events_and_notifications_go_with_housekeeping()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id));
        time.Advance(TimeSpan.FromDays(60));
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id));
        time.Advance(TimeSpan.FromDays(31));

        await core.Get<Housekeeping>().RunOnceAsync(Cancel);

        Assert.Single(await core.HeardAsync());
        Assert.Single(await EventsAsync(core));
    }

    private static async Task<List<NotificationEvent>> EventsAsync(TestCore core)
    {
        await using var db = await core.DbAsync();
        return await db.NotificationEvents.AsNoTracking().OrderBy(told => told.At).ThenBy(told => told.Id).ToListAsync(Cancel);
    }
}

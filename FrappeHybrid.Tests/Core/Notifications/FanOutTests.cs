using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Notifications;

/// <summary>Who hears of what, and that nobody hears of it twice.</summary>
public sealed class FanOutTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task Members_hear_by_their_roles_and_nobody_else_does()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await core.AddPersonAsync("developer@example.com", TeamRole.Developer);
        await core.AddPersonAsync("viewer@example.com", TeamRole.Viewer);
        await core.AddPersonAsync("stranger@example.com");
        await core.AddPersonAsync("support@example.com", staff: StaffRole.Support);
        await core.AddPersonAsync("operator@example.com", staff: StaffRole.Operator);

        await core.TellAsync(NotificationKind.JobFailed, server.Place);

        Assert.Equal(["developer@example.com bellmail", "owner@example.com bellmail", "viewer@example.com bell"], await core.HeardAsync());
    }

    [Fact]
    public async Task Support_that_asks_is_mailed_to_owners_and_a_webhook_that_is_off_is_told_to_who_may_mend_it()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await core.AddPersonAsync("admin@example.com", TeamRole.Admin);
        await core.AddPersonAsync("developer@example.com", TeamRole.Developer);

        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id));
        Assert.Equal(["admin@example.com bell", "developer@example.com bell", "owner@example.com bellmail"], await core.HeardAsync());

        await core.TellAsync(NotificationKind.WebhookSwitchedOff, new Place(core.Team.Id));
        await using var db = await core.DbAsync();
        Assert.Equal(2, await db.Notifications.CountAsync(each => each.Event.Kind == NotificationKind.WebhookSwitchedOff, Cancel));
    }

    [Fact]
    public async Task Who_is_limited_to_one_site_hears_of_it_and_of_its_server_and_of_nothing_else()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        var (own, other) = (await core.AddSiteAsync(bench), await core.AddSiteAsync(bench, "books.example.com"));
        var person = await core.AddPersonAsync("limited@example.com", TeamRole.Developer, only: own.Id);

        await core.TellAsync(NotificationKind.JobFailed, own.Place, "own");
        await core.TellAsync(NotificationKind.ServerUnreachable, server.Place, "server");
        foreach (var place in new[] { other.Place, bench.Place, server.Place, new Place(core.Team.Id) })
            await core.TellAsync(NotificationKind.JobFailed, place, "other");
        await core.TellAsync(NotificationKind.PlayFailed, server.Place, "other");
        await core.TellAsync(NotificationKind.MemberJoined, new Place(core.Team.Id), "other");
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id), "other");

        var (rows, total) = await core.Get<NotificationQueries>().ListAsync(await core.ActAsAsync(person), new(), 0, 50, Cancel);
        Assert.Equal(["own", "server"], rows.Select(row => row.Title).Order(StringComparer.Ordinal));
        Assert.Equal(2, total);
        await using var db = await core.DbAsync();
        Assert.Equal(2, await db.Notifications.CountAsync(Cancel));
    }

    [Fact]
    public async Task Who_is_taken_out_of_the_team_sees_nothing_of_it_in_the_bell_any_more()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var person = await core.AddPersonAsync("developer@example.com", TeamRole.Developer);
        await core.TellAsync(NotificationKind.JobFailed, server.Place);
        await core.TellAsync(NotificationKind.NewSignIn, Place.Portal, userId: person);
        var queries = core.Get<NotificationQueries>();
        Assert.Equal(2, await queries.UnreadAsync(await core.ActAsAsync(person), Cancel));

        await using var db = await core.DbAsync();
        await db.TeamMembers.Where(member => member.UserId == person).ExecuteDeleteAsync(Cancel);

        Assert.Equal(1, await queries.UnreadAsync(await core.ActAsAsync(person), Cancel));
    }

    [Fact]
    public async Task Staff_hears_of_what_it_asked_for_in_all_teams_or_in_one()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var everywhere = await core.AddPersonAsync("operator@example.com", staff: StaffRole.Operator);
        var elsewhere = await core.AddPersonAsync("support@example.com", staff: StaffRole.Support);
        var former = await core.AddPersonAsync("former@example.com");
        await core.ChooseAsync(everywhere, Guid.Empty, NotificationKind.ServerUnreachable, true, true);
        await core.ChooseAsync(elsewhere, Guid.CreateVersion7(), NotificationKind.ServerUnreachable, true, true);
        await core.ChooseAsync(former, Guid.Empty, NotificationKind.ServerUnreachable, true, true);

        await core.TellAsync(NotificationKind.ServerUnreachable, server.Place);
        await core.TellAsync(NotificationKind.ServerBack, server.Place);

        Assert.Equal(["operator@example.com bellmail"], await core.HeardAsync());
    }

    [Fact]
    public async Task Narrowest_choice_counts()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var team = core.Team.Id;
        var rule = await core.AddPersonAsync("rule@example.com", TeamRole.Viewer);
        var all = await core.AddPersonAsync("all@example.com", TeamRole.Owner);
        var one = await core.AddPersonAsync("one@example.com", TeamRole.Owner);
        await core.TellAsync(NotificationKind.JobFailed, server.Place);
        Assert.Equal(["all@example.com bellmail", "one@example.com bellmail", "rule@example.com bell"], await core.HeardAsync());
        await using var db = await core.DbAsync();
        await db.Notifications.ExecuteDeleteAsync(Cancel);

        // The team says "e-mail for all"; one person wants nothing anywhere; another one nothing anywhere but the bell in this team.
        await core.ChooseAsync(Guid.Empty, team, NotificationKind.JobFailed, false, true);
        await core.ChooseAsync(all, Guid.Empty, NotificationKind.JobFailed, false, false);
        await core.ChooseAsync(one, Guid.Empty, NotificationKind.JobFailed, false, false);
        await core.ChooseAsync(one, team, NotificationKind.JobFailed, true, false);
        await core.TellAsync(NotificationKind.JobFailed, server.Place);

        Assert.Equal(["one@example.com bell", "rule@example.com mail"], await core.HeardAsync());
        Assert.Equal((false, true), (await core.Get<NotificationQueries>().ChoicesAsync(await core.ActAsAsync(rule), team, Cancel)).Where(each => each.Kind is NotificationKind.JobFailed).Select(each => (each.InBell, each.ByEmail)).Single());
    }

    [Fact]
    public async Task Sign_in_is_told_to_its_person_only_and_a_role_also_to_whose_it_is()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        var person = await core.AddPersonAsync("viewer@example.com", TeamRole.Viewer);
        await using (var db = await core.DbAsync())
        {
            core.Get<Notifier>().NewSignIn(db, person, "Firefox on Linux", "203.0.113.7");
            await db.SaveChangesAsync(Cancel);
        }

        await core.Get<NotificationFanOut>().RunOnceAsync(Cancel);
        Assert.Equal(["viewer@example.com bellmail"], await core.HeardAsync());
    }

    [Fact]
    public async Task Portal_that_is_killed_before_or_after_tells_each_event_once()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await using (var db = await core.DbAsync())
        {
            for (var number = 0; number < 3; number++)
                core.Get<Notifier>().Tell(db, NotificationKind.JobFailed, server.Place, $"Event {number}", "/jobs");
            await db.SaveChangesAsync(Cancel);
        }

        await using var afterTelling = await core.AfterKillAsync();
        Assert.Equal(3, await afterTelling.Get<NotificationFanOut>().RunOnceAsync(Cancel));
        Assert.Equal(3, (await afterTelling.HeardAsync()).Count);

        await using var afterFanOut = await afterTelling.AfterKillAsync();
        Assert.Equal(0, await afterFanOut.Get<NotificationFanOut>().RunOnceAsync(Cancel));
        Assert.Equal(3, (await afterFanOut.HeardAsync()).Count);
    }

    [Fact]
    public async Task Two_that_fan_out_at_the_same_time_tell_each_event_once()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await using (var db = await core.DbAsync())
        {
            for (var number = 0; number < 20; number++)
                core.Get<Notifier>().Tell(db, NotificationKind.JobFailed, server.Place, $"Event {number}", "/jobs");
            await db.SaveChangesAsync(Cancel);
        }

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => core.Get<NotificationFanOut>().RunOnceAsync(Cancel))));

        Assert.Equal(20, counts.Sum());
        Assert.Equal(20, (await core.HeardAsync()).Count);
    }

    [Fact]
    public async Task Event_that_cannot_be_told_keeps_no_other_back_and_is_told_when_it_can_be()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        Guid broken;
        await using (var db = await core.DbAsync())
        {
            core.Get<Notifier>().Tell(db, NotificationKind.SupportAsked, new Place(core.Team.Id), "broken", "/jobs");
            broken = db.NotificationEvents.Local.Single().Id;
            core.Get<Notifier>().Tell(db, NotificationKind.SupportAsked, new Place(core.Team.Id), "whole", "/jobs");
            await db.SaveChangesAsync(Cancel);
        }

        var channel = new BrokenFor(broken);
        var fanOut = new NotificationFanOut(
            core.Get<IDbContextFactory<PortalDb>>(), [core.Get<NotificationRecipients>(), channel], core.Get<LiveChanges>(), core.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<NotificationFanOut>.Instance);
        Assert.Equal(1, await fanOut.RunOnceAsync(Cancel));
        Assert.Single(await core.HeardAsync());
        channel.IsMended = true;
        Assert.Equal(1, await fanOut.RunOnceAsync(Cancel));
        Assert.Equal(2, (await core.HeardAsync()).Count);
    }

    [Fact]
    public async Task Engine_tells_what_is_stored_while_it_works_and_pages_hear_of_it()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var person = await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<Guid>();
        using var subscription = core.Get<LiveChanges>().Subscribe(change =>
        {
            if (change.Entity == nameof(Notification))
                heard.Enqueue(change.Id);
        });
        await using var engine = new Running(core.Get<NotificationFanOut>().RunAsync);
        await using (var db = await core.DbAsync())
        {
            core.Get<Notifier>().Tell(db, NotificationKind.JobFailed, server.Place, "It happened", "/jobs");
            await db.SaveChangesAsync(Cancel);
        }

        await core.UntilAsync(async () => (await core.HeardAsync()).Count == 1);
        Assert.Contains(person, heard);
    }

    private sealed class BrokenFor(Guid broken) : INotificationChannel
    {
        public bool IsMended { get; set; }

        public Task AddAsync(PortalDb db, NotificationEvent told, CancellationToken cancel) =>
            told.Id == broken && !IsMended ? throw new InvalidOperationException("Broken.") : Task.CompletedTask;
    }
}

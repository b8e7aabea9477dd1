using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Notifications;

/// <summary>Choosing what to be told of, and marking as read.</summary>
public sealed class NotificationChoiceTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task Choice_for_a_team_is_kept_recorded_and_taken_back()
    {
        await using var core = await TestCore.StartAsync();
        var person = await core.ActAsAsync(await core.AddPersonAsync("viewer@example.com", TeamRole.Viewer));
        var (choose, queries) = (core.Get<ChooseNotifications>(), core.Get<NotificationQueries>());

        Assert.True((await choose.RunAsync(person, null, [new(NotificationKind.JobFailed, false, false), new(NotificationKind.NewSignIn, true, false)], Cancel)).IsDone);
        Assert.True((await choose.RunAsync(person, core.Team.Id, [new(NotificationKind.JobFailed, true, true)], Cancel)).IsDone);

        Assert.Equal((false, false, true), Of(await queries.ChoicesAsync(person, null, Cancel), NotificationKind.JobFailed));
        Assert.Equal((true, false, true), Of(await queries.ChoicesAsync(person, null, Cancel), NotificationKind.NewSignIn));
        Assert.Equal((true, true, true), Of(await queries.ChoicesAsync(person, core.Team.Id, Cancel), NotificationKind.JobFailed));
        Assert.Equal([core.Team.Id], await queries.TeamsWithChoicesAsync(person, Cancel));

        Assert.True((await choose.RunAsync(person, core.Team.Id, [], Cancel)).IsDone);
        Assert.Equal((false, false, false), Of(await queries.ChoicesAsync(person, core.Team.Id, Cancel), NotificationKind.JobFailed));
        await using var db = await core.DbAsync();
        Assert.Equal(3, await db.Activity.CountAsync(entry => entry.Act == "choose-notifications" && entry.UserId == person.UserId, Cancel));
    }

    [Fact]
    public async Task Nobody_chooses_in_a_team_of_others_nor_what_is_personal_there_nor_with_a_token()
    {
        await using var core = await TestCore.StartAsync();
        var stranger = await core.ActAsAsync(await core.AddPersonAsync("stranger@example.com"));
        var owner = await core.ActAsAsync(await core.AddPersonAsync("owner@example.com", TeamRole.Owner));
        var token = owner with { Limit = new TokenLimit(Guid.CreateVersion7(), "ci", Place.Portal, Enum.GetValues<Capability>().ToHashSet()) };
        var choose = core.Get<ChooseNotifications>();

        Assert.Equal("not-found", (await choose.RunAsync(stranger, core.Team.Id, [], Cancel)).Error?.Code);
        Assert.Equal("not-found", (await choose.RunAsync(token, core.Team.Id, [], Cancel)).Error?.Code);
        Assert.Equal("not-found", (await choose.RunAsync(token, null, [], Cancel)).Error?.Code);
        Assert.Equal("notification-not-of-a-team", (await choose.RunAsync(owner, core.Team.Id, [new(NotificationKind.NewSignIn, false, false)], Cancel)).Error?.Code);
        Assert.Empty(await core.Get<NotificationQueries>().ChoicesAsync(stranger, core.Team.Id, Cancel));
    }

    [Fact]
    public async Task Team_default_is_set_by_who_manages_members_and_seen_by_them_only()
    {
        await using var core = await TestCore.StartAsync();
        var admin = await core.ActAsAsync(await core.AddPersonAsync("admin@example.com", TeamRole.Admin));
        var developer = await core.ActAsAsync(await core.AddPersonAsync("developer@example.com", TeamRole.Developer));
        var (choose, queries) = (core.Get<ChooseTeamNotifications>(), core.Get<NotificationQueries>());

        Assert.Equal("forbidden", (await choose.RunAsync(developer, core.Team.Id, [], Cancel)).Error?.Code);
        Assert.True((await choose.RunAsync(admin, core.Team.Id, [new(NotificationKind.ServerBack, true, true)], Cancel)).IsDone);

        Assert.Empty(await queries.TeamChoicesAsync(developer, core.Team.Id, Cancel));
        Assert.Equal((true, true, true), Of(await queries.TeamChoicesAsync(admin, core.Team.Id, Cancel), NotificationKind.ServerBack));
        Assert.Equal((true, true, false), Of(await queries.ChoicesAsync(developer, core.Team.Id, Cancel), NotificationKind.ServerBack));
    }

    [Fact]
    public async Task Read_is_read_for_oneself_only_and_tells_ones_other_windows()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var one = await core.ActAsAsync(await core.AddPersonAsync("owner@example.com", TeamRole.Owner));
        var two = await core.ActAsAsync(await core.AddPersonAsync("admin@example.com", TeamRole.Admin));
        for (var number = 0; number < 3; number++)
            await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id), $"{number}");
        var (read, queries) = (core.Get<ReadNotification>(), core.Get<NotificationQueries>());
        var first = (await queries.ListAsync(one, new(), 0, 1, Cancel)).Rows[0].Id;
        var told = new List<LiveChange>();
        using var subscription = core.Get<LiveChanges>().Subscribe(told.Add);

        Assert.Equal("not-found", (await read.RunAsync(two, first, Cancel)).Error?.Code);
        Assert.True((await read.RunAsync(one, first, Cancel)).IsDone);
        Assert.Equal((2, 3), (await queries.UnreadAsync(one, Cancel), await queries.UnreadAsync(two, Cancel)));
        Assert.Equal(2, (await queries.ListAsync(one, new(UnreadOnly: true), 0, 50, Cancel)).Total);

        // What comes after the newest that one sees stays unread.
        time.Advance(TimeSpan.FromSeconds(1));
        var newest = (await queries.ListAsync(one, new(), 0, 1, Cancel)).Rows[0].Id;
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id), "later");
        var readAll = core.Get<ReadAllNotifications>();
        Assert.Equal("not-found", (await readAll.RunAsync(two, newest, Cancel)).Error?.Code);
        Assert.True((await readAll.RunAsync(one, newest, Cancel)).IsDone);
        Assert.Equal((1, 4), (await queries.UnreadAsync(one, Cancel), await queries.UnreadAsync(two, Cancel)));
        Assert.Equal(3, told.Count(change => change == new LiveChange(nameof(Notification), one.UserId, Guid.Empty)));
    }

    private static (bool InBell, bool ByEmail, bool IsChosen) Of(IReadOnlyList<NotificationChoiceView> choices, NotificationKind kind) =>
        choices.Where(choice => choice.Kind == kind).Select(choice => (choice.InBell, choice.ByEmail, choice.IsChosen)).Single();
}

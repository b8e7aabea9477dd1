using FrappeHybrid.Core;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Notifications;

/// <summary>Letters: one a person and minute, with everything in it.</summary>
public sealed class NotificationMailTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task Many_events_make_one_letter_a_minute()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        core.Get<CoreOptions>().PublicUrl = "https://portal.example.com/";
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await core.AddPersonAsync("viewer@example.com", TeamRole.Viewer);
        var server = await core.AddServerAsync();
        var mailer = core.Get<NotificationMailer>();
        for (var number = 0; number < 7; number++)
        {
            await core.TellAsync(NotificationKind.JobFailed, server.Place, $"Job {number} failed");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(NotificationMailer.Gather - TimeSpan.FromMilliseconds(7), await mailer.RunOnceAsync(Cancel));
        Assert.Empty(await LettersAsync(core));
        time.Advance(NotificationMailer.Gather);
        Assert.Null(await mailer.RunOnceAsync(Cancel));
        var (to, subject, text) = Assert.Single(await LettersAsync(core));
        Assert.Equal(("owner@example.com", "Job 0 failed (and 6 more)"), (to, subject));
        for (var number = 0; number < 7; number++)
            Assert.Contains($"Job {number} failed\n", text, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.com/jobs\n", text, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.com/account/notifications", text, StringComparison.Ordinal);

        // Within the minute nothing more goes out; after it what has come goes together.
        for (var number = 7; number < 10; number++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await core.TellAsync(NotificationKind.JobFailed, server.Place, $"Job {number} failed");
            Assert.NotNull(await mailer.RunOnceAsync(Cancel));
        }

        Assert.Single(await LettersAsync(core));
        time.Advance(await mailer.RunOnceAsync(Cancel) ?? TimeSpan.Zero);
        await mailer.RunOnceAsync(Cancel);
        Assert.Equal("Job 7 failed (and 2 more)", (await LettersAsync(core))[1].Subject);
        Assert.Null(await mailer.RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task Portal_that_is_killed_writes_no_letter_twice_and_without_an_address_there_are_no_links()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id), "Support asks");
        time.Advance(NotificationMailer.Gather);

        await using var second = await core.AfterKillAsync();
        await second.Get<NotificationMailer>().RunOnceAsync(Cancel);
        await using var third = await second.AfterKillAsync();
        time.Advance(TimeSpan.FromHours(1));
        await third.Get<NotificationMailer>().RunOnceAsync(Cancel);

        var (_, subject, text) = Assert.Single(await LettersAsync(third));
        Assert.Equal("Support asks", subject);
        Assert.DoesNotContain("http", text, StringComparison.Ordinal);
        Assert.Contains("team Customer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_was_never_confirmed_gets_no_letter_and_the_bell_has_it()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var person = await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await using (var db = await core.DbAsync())
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, false), Cancel);
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id));
        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await core.Get<NotificationMailer>().RunOnceAsync(Cancel));
        Assert.Empty(await LettersAsync(core));
        Assert.Equal(1, await core.Get<NotificationQueries>().UnreadAsync(await core.ActAsAsync(person), Cancel));
    }

    [Fact]
    public async Task Engine_writes_the_letter_when_it_is_time()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await using var engine = new Running(core.Get<NotificationMailer>().RunAsync);
        await core.TellAsync(NotificationKind.SupportAsked, new Place(core.Team.Id), "Support asks");

        await core.UntilAsync(async () => (await LettersAsync(core)).Count == 1, TimeSpan.FromSeconds(1));
    }

    private static async Task<List<(string To, string Subject, string Text)>> LettersAsync(TestCore core)
    {
        await using var db = await core.DbAsync();
        var letters = await db.OutgoingMails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ToListAsync(Cancel);
        return letters.ConvertAll(mail => (mail.To, mail.Subject, core.Get<SecretVault>().Open(MailOutbox.Purpose, mail.TextProtected)));
    }
}

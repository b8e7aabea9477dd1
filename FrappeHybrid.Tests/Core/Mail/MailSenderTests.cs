using System.Text;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>How the outbox is worked through, on a clock that stands still.</summary>
public sealed class MailSenderTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Portal:PublicUrl"] = "https://portal.example.com",
        ["Mail:Host"] = "mail.example.com",
        ["Mail:From"] = "portal@example.com",
        ["Mail:FromName"] = "Example Hosting",
    };

    private static readonly Actor Operator = TestCore.StaffOf(StaffRole.Operator);

    [Fact]
    public async Task Letter_is_sent_with_its_foot_and_its_row_goes()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        var transport = new FakeTransport();
        var sender = Sender(core, transport);
        var id = await AddAsync(core, "owner@example.com", "Welcome", "Come in:\n\nhttps://portal.example.com/join");

        Assert.Null(await sender.SendDueAsync(TestCore.Cancel));

        var letter = Assert.Single(transport.Letters);
        Assert.Equal((id, "owner@example.com", "Welcome"), (letter.Id, letter.To, letter.Subject));
        Assert.StartsWith("Come in:\n\nhttps://portal.example.com/join\n\n-- \nExample Hosting\nhttps://portal.example.com/\n", letter.Text, StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(core));
        Assert.Equal(id, sender.LastAccepted?.Id);
    }

    [Fact]
    public async Task Letter_goes_as_soon_as_its_act_has_saved()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        var sent = new TaskCompletionSource();
        var transport = new FakeTransport { After = () => Task.FromResult(sent.TrySetResult()) };
        await using var engine = new Running(Sender(core, transport).RunAsync);

        await AddAsync(core);

        await sent.Task.WaitAsync(TimeSpan.FromMinutes(2), TestCore.Cancel);
    }

    [Fact]
    public async Task Tries_come_after_a_minute_then_slower_up_to_an_hour_and_end_after_a_day()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time, Settings);
        var transport = new FakeTransport { Before = _ => throw new MailException(MailTrouble.Letter, new Error("mail-refused", "Not now: 451 later")) };
        var sender = Sender(core, transport);
        await AddAsync(core);
        var begin = time.GetUtcNow();
        var waits = new List<TimeSpan>();

        while (await sender.SendDueAsync(TestCore.Cancel) is { } wait)
        {
            Assert.True(wait > TimeSpan.Zero);
            waits.Add(wait);
            time.Advance(wait);
        }

        Assert.InRange(waits[0], TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(72));
        Assert.InRange(waits[1], TimeSpan.FromSeconds(96), TimeSpan.FromSeconds(144));
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMinutes(72)));
        Assert.InRange(transport.Asked, 20, 40);
        Assert.Equal(TimeSpan.FromHours(24), time.GetUtcNow() - begin);
        var mail = Assert.Single(await MailsAsync(core));
        Assert.Equal((time.GetUtcNow(), "Not now: 451 later", transport.Asked), (mail.GaveUpAt, mail.LastError, mail.Attempts));
    }

    [Fact]
    public async Task What_the_server_refuses_for_ever_is_given_up_at_once_and_holds_nobody_up()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        var transport = new FakeTransport
        {
            Before = letter => letter.To == "gone@example.com" ? throw new MailException(MailTrouble.Final, new Error("mail-refused", "No such mailbox: 550")) : Task.CompletedTask,
        };
        var sender = Sender(core, transport);
        var gone = await AddAsync(core, "gone@example.com");
        await AddAsync(core, "owner@example.com");

        Assert.Null(await sender.SendDueAsync(TestCore.Cancel));

        Assert.Equal("owner@example.com", Assert.Single(transport.Letters).To);
        var mail = Assert.Single(await MailsAsync(core));
        Assert.Equal((gone, "No such mailbox: 550", 1), (mail.Id, mail.LastError, mail.Attempts));
        Assert.NotNull(mail.GaveUpAt);
    }

    [Fact]
    public async Task Server_that_is_away_is_asked_once_for_all_letters()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time, Settings);
        var isAway = true;
        var transport = new FakeTransport { Before = _ => isAway ? throw new MailException(MailTrouble.Server, new Error("mail-server-away", "Nothing listens there.", "Look.")) : Task.CompletedTask };
        var sender = Sender(core, transport);
        for (var number = 0; number < 5; number++)
            await AddAsync(core, $"owner{number}@example.com");

        Assert.NotNull(await sender.SendDueAsync(TestCore.Cancel));

        Assert.Equal(1, transport.Asked);
        Assert.All(await MailsAsync(core), mail => Assert.Equal((1, "Nothing listens there. Look.", null), (mail.Attempts, mail.LastError, mail.GaveUpAt)));
        isAway = false;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await sender.SendDueAsync(TestCore.Cancel));
        Assert.Equal(5, transport.Letters.Count);
    }

    [Fact]
    public async Task Portal_killed_between_the_servers_yes_and_the_delete_sends_again_under_the_same_id()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        TestCore? next = null;
        var transport = new FakeTransport { After = async () => next ??= await core.AfterKillAsync() };
        await AddAsync(core);

        await Sender(core, transport).SendDueAsync(TestCore.Cancel);
        await using var after = next!;
        await Sender(after, transport).SendDueAsync(TestCore.Cancel);

        Assert.Equal(2, transport.Letters.Count);
        Assert.Equal(transport.Letters[0].ToBytes(), transport.Letters[1].ToBytes());
        Assert.Contains($"Message-ID: <{transport.Letters[0].Id}@example.com>", Encoding.ASCII.GetString(transport.Letters[0].ToBytes()), StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(after));
    }

    [Fact]
    public async Task Text_and_link_are_in_no_row_and_no_log_line_whatever_goes_wrong()
    {
        const string Token = "c4n4ry0123456789abcdef";
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        var failures = new Queue<Exception>(
        [
            new InvalidOperationException($"a bug that tells {Token}"),
            new MailException(MailTrouble.Letter, new Error("mail-refused", "Not now."), new IOException(Token)),
            new MailException(MailTrouble.Server, new Error("mail-server-away", "Away."), new IOException(Token)),
            new MailException(MailTrouble.Final, new Error("mail-refused", "Never."), new IOException(Token)),
        ]);
        var transport = new FakeTransport { Before = _ => throw failures.Dequeue() };
        var sender = Sender(core, transport);
        var id = await AddAsync(core, text: $"https://portal.example.com/join?token={Token}");

        while (failures.Count > 0)
        {
            await sender.SendDueAsync(TestCore.Cancel);
            ((FakeTime)core.Time).Advance(TimeSpan.FromHours(2));
        }

        Assert.NotNull(Assert.Single(await MailsAsync(core)).GaveUpAt);
        Assert.Contains(core.Logs.Lines, line => line.Contains(id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(Token, StringComparison.Ordinal));
        var stored = new List<byte>();
        foreach (var file in Directory.EnumerateFiles(core.Folder))
            stored.AddRange(await File.ReadAllBytesAsync(file, TestCore.Cancel));
        Assert.Equal(-1, stored.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(Token)));
        Assert.NotEqual(-1, stored.ToArray().AsSpan().IndexOf("owner@example.com"u8));
    }

    [Fact]
    public async Task Letter_that_was_sealed_with_other_keys_is_given_up_with_a_sentence()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        var id = await AddAsync(core);
        await using (var db = await core.DbAsync())
            await db.Database.ExecuteSqlAsync($"UPDATE OutgoingMails SET TextProtected = 'rubbish'", TestCore.Cancel);

        await Sender(core, new FakeTransport()).SendDueAsync(TestCore.Cancel);

        var mail = Assert.Single(await MailsAsync(core));
        Assert.Equal(id, mail.Id);
        Assert.Contains("another key ring", mail.LastError, StringComparison.Ordinal);
        Assert.NotNull(mail.GaveUpAt);
    }

    [Fact]
    public async Task Portal_without_mail_says_so_and_keeps_a_letter_for_a_day()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var outbox = core.Get<MailOutbox>();
        Assert.False(outbox.IsConfigured);
        Assert.Contains("Mail:Host", outbox.Problem!.Advice, StringComparison.Ordinal);
        var sender = core.Get<MailSender>();
        await AddAsync(core);

        Assert.Equal(TimeSpan.FromHours(24), await sender.SendDueAsync(TestCore.Cancel));
        Assert.Equal((0, null), Assert.Single(await MailsAsync(core)) is var mail ? (mail.Attempts, mail.GaveUpAt) : default);
        time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await sender.SendDueAsync(TestCore.Cancel));
        Assert.NotNull(Assert.Single(await MailsAsync(core)).GaveUpAt);
    }

    [Fact]
    public async Task Portal_that_does_not_know_its_address_sends_no_links()
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings.Where(each => each.Key != "Portal:PublicUrl").ToDictionary());
        var outbox = core.Get<MailOutbox>();
        Assert.False(outbox.IsConfigured);
        Assert.Contains("Portal:PublicUrl", outbox.Problem!.Advice, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => outbox.LinkTo("/"));
        Assert.Equal("mail-no-address", (await core.Get<SendTestMail>().RunAsync(Operator, TestCore.Cancel)).Error?.Code);
    }

    [Theory]
    [InlineData("owner@example.com\r\nBcc: many@example.com", "Hello")]
    [InlineData("owner@example.com", "Hello\nBcc: many@example.com")]
    public async Task Second_line_in_a_header_does_not_even_get_into_the_outbox(string to, string subject)
    {
        await using var core = await TestCore.StartAsync(new FakeTime(), Settings);
        await using var db = await core.DbAsync();
        Assert.Throws<ArgumentException>(() => core.Get<MailOutbox>().Add(db, to, subject, "Text"));
    }

    [Fact]
    public async Task Operator_tries_again_and_deletes_and_what_is_left_goes_after_a_week()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time, Settings);
        var transport = new FakeTransport { Before = _ => throw new MailException(MailTrouble.Final, new Error("mail-refused", "Never.")) };
        var sender = Sender(core, transport);
        Guid[] ids = [await AddAsync(core), await AddAsync(core), await AddAsync(core)];
        await sender.SendDueAsync(TestCore.Cancel);
        Assert.All(await core.Get<MailQueries>().ListAsync(Operator, TestCore.Cancel), mail => Assert.NotNull(mail.GaveUpAt));
        Assert.Empty(await core.Get<MailQueries>().ListAsync(core.Owner, TestCore.Cancel));

        transport.Before = null;
        Assert.True((await core.Get<RetryMail>().RunAsync(Operator, ids[0], TestCore.Cancel)).IsDone);
        Assert.True((await core.Get<DeleteMail>().RunAsync(Operator, ids[1], TestCore.Cancel)).IsDone);
        await sender.SendDueAsync(TestCore.Cancel);

        Assert.Equal(ids[0], Assert.Single(transport.Letters).Id);
        Assert.Equal(ids[2], Assert.Single(await MailsAsync(core)).Id);
        Assert.Equal("mail-gone", (await core.Get<RetryMail>().RunAsync(Operator, ids[0], TestCore.Cancel)).Error?.Code);
        Assert.Equal("mail-gone", (await core.Get<DeleteMail>().RunAsync(Operator, ids[1], TestCore.Cancel)).Error?.Code);
        time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(0, await core.Get<Housekeeping>().RunOnceAsync(TestCore.Cancel));
        time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await core.Get<Housekeeping>().RunOnceAsync(TestCore.Cancel));
        Assert.Empty(await MailsAsync(core));
    }

    [Fact]
    public async Task In_development_letters_are_files_that_only_the_operator_reads()
    {
        var folder = Directory.CreateTempSubdirectory("mail-folder");
        await using var core = await TestCore.StartAsync(new FakeTime(), new Dictionary<string, string?> { ["Portal:PublicUrl"] = "http://127.0.0.1:5080", ["Mail:Folder"] = folder.FullName, ["Mail:From"] = "portal@example.com" });
        var id = await AddAsync(core, "owner@example.com", "Grüße", "Schöne Grüße\n\nhttp://127.0.0.1:5080/x?a=b");

        await core.Get<MailSender>().SendDueAsync(TestCore.Cancel);

        Assert.Equal([$"{id}.eml"], folder.EnumerateFiles().Select(file => file.Name));
        var file = Assert.Single(await core.Get<MailQueries>().FilesAsync(Operator, TestCore.Cancel));
        Assert.Equal(("owner@example.com", "Grüße"), (file.To, file.Subject));
        Assert.StartsWith("Schöne Grüße\n\nhttp://127.0.0.1:5080/x?a=b\n\n-- \nportal@example.com\n", file.Text, StringComparison.Ordinal);
        Assert.Empty(await core.Get<MailQueries>().FilesAsync(core.Owner, TestCore.Cancel));
        folder.Delete(true);
    }

    private static MailSender Sender(TestCore core, IMailTransport transport) => new(
        core.Get<IDbContextFactory<PortalDb>>(),
        transport,
        core.Get<MailOptions>(),
        core.Get<CoreOptions>(),
        core.Get<SecretVault>(),
        core.Get<LiveChanges>(),
        core.Time,
        core.Get<ILogger<MailSender>>());

    private static async Task<Guid> AddAsync(TestCore core, string to = "owner@example.com", string subject = "Hello", string text = "Text")
    {
        await using var db = await core.DbAsync();
        core.Get<MailOutbox>().Add(db, to, subject, text);
        await db.SaveChangesAsync(TestCore.Cancel);
        return db.OutgoingMails.Local.Single().Id;
    }

    private static async Task<List<OutgoingMail>> MailsAsync(TestCore core)
    {
        await using var db = await core.DbAsync();
        return await db.OutgoingMails.AsNoTracking().ToListAsync(TestCore.Cancel);
    }
}

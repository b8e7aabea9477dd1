using FrappeHybrid.Core.Mail;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>From an act's outbox to the mailbox of a mail server that people really use.</summary>
[Trait("Category", "Smtp")]
public sealed class RealMailServerTests
{
    private const string Text = "Schöne Grüße, 🚀!\n\n.\n..two dots\nFrom here on\n\nhttps://portal.example.com/account/join?token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Cancel => TestCore.Cancel;

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Letter_arrives_whole(MailSecurity security)
    {
        await using var server = await RealMailServer.StartAsync(Cancel);
        await using var core = await TestCore.StartAsync(settings: Settings(server, ("Security", security.ToString())));
        await AddAsync(core, "Einladung für Größe & Übermut – zażółć gęślą jaźń, ein langer Betreff 🚀");

        Assert.Null(await core.Get<MailSender>().SendDueAsync(Cancel));

        var id = core.Get<MailSender>().LastAccepted!;
        Assert.Matches("^250 OK id=", id.Answer);
        var letter = await server.TakeLetterAsync(Cancel);
        Assert.Contains($"\nMessage-ID: <{id.Id}@example.com>\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nFrom: \"Example Hosting\" <portal@example.com>\n", letter, StringComparison.Ordinal);
        Assert.Contains($"A=plain:{RealMailServer.User}", server.Log(), StringComparison.Ordinal);
        var read = MailFileView.Parse("letter", letter);
        Assert.Equal(("owner@example.com", "Einladung für Größe & Übermut – zażółć gęślą jaźń, ein langer Betreff 🚀"), (read.To, read.Subject));
        Assert.StartsWith(Text + "\n\n-- \nExample Hosting\n", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_password_is_said_so_and_told_to_nobody_and_the_right_one_in_the_file_sends_what_waits()
    {
        const string Wrong = "wrong-canary-9d1c";
        var time = new FakeTime();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Wrong + "\n", Cancel);
        await using var server = await RealMailServer.StartAsync(Cancel);
        await using var core = await TestCore.StartAsync(time, Settings(server, ("Password", ""), ("PasswordFile", file)));
        await AddAsync(core);

        await core.Get<MailSender>().SendDueAsync(Cancel);

        var mail = Assert.Single(await MailsAsync(core));
        Assert.StartsWith("The mail server localhost refused the user portal or the password (it said 535).", mail.LastError, StringComparison.Ordinal);
        Assert.Null(mail.GaveUpAt);
        await File.WriteAllTextAsync(file, RealMailServer.Password, Cancel);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await core.Get<MailSender>().SendDueAsync(Cancel));
        await server.TakeLetterAsync(Cancel);
        string[] secrets = [Wrong, RealMailServer.Password, Convert.ToBase64String("\0portal\0wrong-canary-9d1c"u8)];
        Assert.DoesNotContain(core.Logs.Lines, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(secrets, secret => mail.LastError!.Contains(secret, StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public async Task Letter_written_while_the_server_is_down_arrives_when_it_is_back()
    {
        var time = new FakeTime();
        await using var server = await RealMailServer.StartAsync(Cancel);
        await using var core = await TestCore.StartAsync(time, Settings(server));
        await server.StopAsync();
        await AddAsync(core);

        Assert.NotNull(await core.Get<MailSender>().SendDueAsync(Cancel));
        Assert.Contains("nothing listens there", Assert.Single(await MailsAsync(core)).LastError, StringComparison.Ordinal);
        await server.RunAsync(Cancel);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await core.Get<MailSender>().SendDueAsync(Cancel));

        Assert.Contains("Subject: Hello", await server.TakeLetterAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, "localhost", false, "nobody whom this machine trusts has signed it")]
    [InlineData(MailSecurity.Tls, "localhost", false, "nobody whom this machine trusts has signed it")]
    [InlineData(MailSecurity.StartTls, "127.0.0.1", true, "it is for another name")]
    public async Task Certificate_that_is_not_trusted_is_refused(MailSecurity security, string host, bool knowsAuthority, string why)
    {
        await using var server = await RealMailServer.StartAsync(Cancel);
        await using var core = await TestCore.StartAsync(settings: Settings(server, ("Security", security.ToString()), ("Host", host), ("AuthorityFile", knowsAuthority ? server.AuthorityFile : "")));
        await AddAsync(core);

        Assert.NotNull(await core.Get<MailSender>().SendDueAsync(Cancel));

        Assert.Contains($"The certificate of {host} is not trusted: {why}. Nothing was sent.", Assert.Single(await MailsAsync(core)).LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("<= portal@example.com", server.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mailbox_that_does_not_exist_is_given_up_at_once_with_the_servers_words()
    {
        await using var server = await RealMailServer.StartAsync(Cancel);
        await using var core = await TestCore.StartAsync(settings: Settings(server));
        await AddAsync(core, to: "gone@example.com");
        await AddAsync(core, to: "owner@elsewhere.example");
        await AddAsync(core);

        Assert.Null(await core.Get<MailSender>().SendDueAsync(Cancel));

        Assert.Equal(
            ["The mail server localhost does not take letters to this address: 550 no such mailbox", "The mail server localhost does not take letters to this address: 550 relay not permitted"],
            (await MailsAsync(core)).Where(mail => mail.GaveUpAt is not null).Select(mail => mail.LastError).Order());
        Assert.Contains("To: owner@example.com", await server.TakeLetterAsync(Cancel), StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Settings(RealMailServer server, params (string Key, string Value)[] others)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:PublicUrl"] = "https://portal.example.com",
            ["Mail:From"] = "portal@example.com",
            ["Mail:FromName"] = "Example Hosting",
            ["Mail:Host"] = "localhost",
            ["Mail:User"] = RealMailServer.User,
            ["Mail:Password"] = RealMailServer.Password,
            ["Mail:AuthorityFile"] = server.AuthorityFile,
        };
        foreach (var (key, value) in others)
            settings[$"Mail:{key}"] = value;
        settings["Mail:Port"] = (settings.GetValueOrDefault("Mail:Security") == nameof(MailSecurity.Tls) ? server.TlsPort : server.Port).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return settings;
    }

    private static async Task AddAsync(TestCore core, string subject = "Hello", string to = "owner@example.com")
    {
        await using var db = await core.DbAsync();
        core.Get<MailOutbox>().Add(db, to, subject, Text);
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<List<OutgoingMail>> MailsAsync(TestCore core)
    {
        await using var db = await core.DbAsync();
        return await db.OutgoingMails.AsNoTracking().ToListAsync(Cancel);
    }
}

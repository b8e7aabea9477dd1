using FrappeHybrid.Core.Mail;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>How the portal takes what mail servers say, when they are strange, broken or hostile.</summary>
public sealed class SmtpTransportTests
{
    private const string Password = "canary-7f3a-password";
    private const string Token = "c4n4ry0123456789abcdef";
    private const string Greeting = "220 mail.example.com ESMTP\r\n";
    private const string Hello = "250-mail.example.com\r\n250-SIZE 1000\r\n250 HELP\r\n";
    private const string HelloTls = "250-mail.example.com\r\n250 STARTTLS\r\n";
    private const string Ok = "250 OK\r\n";

    [Fact]
    public async Task Letter_is_handed_over_line_by_line_with_its_dots_doubled()
    {
        await using var server = new ScriptedMailServer(Greeting, Hello, Ok, Ok, "354 go\r\n", "250 OK id=1\r\n", "221 bye\r\n");

        Assert.Equal("250 OK id=1", await SendAsync(server, MailSecurity.None, text: "one\n.\n..two"));

        Assert.Equal(["EHLO example.com", "MAIL FROM:<portal@example.com>", "RCPT TO:<owner@example.com>", "DATA"], server.Heard.Take(4));
        Assert.Equal(["", "one", "..", "...two", ".", "QUIT"], server.Heard.SkipWhile(line => line.Length > 0));
    }

    [Fact]
    public async Task Server_that_goes_before_the_farewell_has_the_letter()
    {
        await using var server = new ScriptedMailServer(Greeting, Hello, Ok, Ok, "354 go\r\n", "250 OK\r\n", "");
        Assert.Equal("250 OK", await SendAsync(server, MailSecurity.None));
    }

    [Theory]
    [InlineData(MailTrouble.Final, "550 no such mailbox", "220 hi", "250 hi", "250 ok", "550 no such mailbox")]
    [InlineData(MailTrouble.Letter, "450 greylisted", "220 hi", "250 hi", "250 ok", "450 greylisted")]
    [InlineData(MailTrouble.Final, "554 spam", "220 hi", "250 hi", "250 ok", "250 ok", "354 go", "554 spam")]
    [InlineData(MailTrouble.Final, "554 no recipients", "220 hi", "250 hi", "250 ok", "250 ok", "554 no recipients")]
    [InlineData(MailTrouble.Letter, "452 disk full", "220 hi", "250 hi", "250 ok", "250 ok", "354 go", "452 disk full")]
    [InlineData(MailTrouble.Server, "553 not your domain", "220 hi", "250 hi", "553 not your domain")]
    [InlineData(MailTrouble.Server, "554 go away", "554 go away")]
    [InlineData(MailTrouble.Server, "421 busy", "220 hi", "421 busy")]
    [InlineData(MailTrouble.Server, "closed the connection", "220 hi", "250 hi", "")]
    [InlineData(MailTrouble.Server, "does not speak SMTP", "HTTP/1.1 400 Bad Request")]
    [InlineData(MailTrouble.Server, "does not speak SMTP", "999 what")]
    public async Task Refusal_says_whom_it_concerns_and_what_the_server_said(MailTrouble trouble, string says, params string[] answers)
    {
        await using var server = new ScriptedMailServer([.. answers.Select(answer => answer.Length == 0 ? answer : answer + "\r\n")]);

        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, MailSecurity.None));

        Assert.Equal(trouble, failure.Trouble);
        Assert.Contains(says, failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_without_encryption_gets_neither_password_nor_letter()
    {
        await using var server = new ScriptedMailServer(Greeting, "250-mail.example.com\r\n250 AUTH PLAIN LOGIN\r\n", Ok, Ok, Ok, Ok);

        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, MailSecurity.StartTls, Password));

        Assert.Equal("mail-no-tls", failure.Error.Code);
        Assert.Equal(["EHLO example.com"], server.Heard);
    }

    [Fact]
    public async Task Words_slipped_in_before_the_encryption_end_the_conversation()
    {
        await using var server = new ScriptedMailServer(Greeting, HelloTls, "220 go ahead\r\n250-injected\r\n250 AUTH PLAIN\r\n", Ok, Ok);

        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, MailSecurity.StartTls, Password));

        Assert.Contains("before the encryption", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["EHLO example.com", "STARTTLS"], server.Heard);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, Greeting, HelloTls, "220 go ahead\r\n", "this is no TLS\r\n")]
    [InlineData(MailSecurity.Tls, Greeting, Hello)]
    public async Task What_is_no_encryption_is_refused(MailSecurity security, params string[] answers)
    {
        await using var server = new ScriptedMailServer(answers);
        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, security));
        Assert.Equal(MailTrouble.Server, failure.Trouble);
        Assert.Matches("^mail-(tls|broken-off)$", failure.Error.Code);
    }

    [Theory]
    [InlineData("250 OK, long one follows: ", 100_000, "")]
    [InlineData("", 300, "250-again\r\n")]
    public async Task Answer_without_an_end_is_not_read_for_ever(string start, int times, string line)
    {
        await using var server = new ScriptedMailServer(Greeting, start + string.Concat(Enumerable.Repeat(line.Length == 0 ? "x" : line, times)));
        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, MailSecurity.None));
        Assert.Contains("no end", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_repeats_the_letter_does_not_get_its_link_into_the_reason()
    {
        await using var server = new ScriptedMailServer(Greeting, Hello, Ok, Ok, "354 go\r\n", $"554-your letter\u0007 was refused: https://portal.example.com/join?token=3D{Token} is on a list\r\n554 ask {Token[..18]}\r\n");

        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(server, MailSecurity.None, text: $"https://portal.example.com/join?token={Token}"));

        Assert.DoesNotContain(Token[..12], failure.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', failure.Error.Message);
        Assert.Contains("your letter", failure.Error.Message, StringComparison.Ordinal);
        Assert.Contains("is on a list", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_server_is_left_when_the_time_is_up()
    {
        var time = new FakeTime();
        await using var server = new ScriptedMailServer(Greeting);
        var sending = new SmtpTransport(Options(server.Port, MailSecurity.None), time).SendAsync(Letter("Text"), TestCore.Cancel);
        await server.IsSilent.Task.WaitAsync(TimeSpan.FromMinutes(2), TestCore.Cancel);
        time.Advance(TimeSpan.FromSeconds(31));

        var failure = await Assert.ThrowsAsync<MailException>(() => sending);
        Assert.Equal("mail-timeout", failure.Error.Code);
    }

    [Fact]
    public async Task Nobody_there_is_said_so()
    {
        int port;
        await using (var gone = new ScriptedMailServer())
            port = gone.Port;
        var failure = await Assert.ThrowsAsync<MailException>(() => new SmtpTransport(Options(port, MailSecurity.None), TimeProvider.System).SendAsync(Letter("Text"), TestCore.Cancel));
        Assert.Contains("nothing listens there", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_file_that_has_gone_keeps_the_letters_waiting()
    {
        await using var server = new ScriptedMailServer();
        var options = Options(server.Port, MailSecurity.StartTls);
        (options.User, options.PasswordFile) = ("portal", "/nowhere/password");
        var failure = await Assert.ThrowsAsync<MailException>(() => new SmtpTransport(options, TimeProvider.System).SendAsync(Letter("Text"), TestCore.Cancel));
        Assert.Equal(("mail-file", MailTrouble.Server), (failure.Error.Code, failure.Trouble));
    }

    private static Task<string> SendAsync(ScriptedMailServer server, MailSecurity security, string password = "", string text = "Text")
    {
        var options = Options(server.Port, security);
        if (password.Length > 0)
            (options.User, options.Password) = ("portal", password);
        return new SmtpTransport(options, TimeProvider.System).SendAsync(Letter(text), TestCore.Cancel);
    }

    private static MailOptions Options(int port, MailSecurity security) => new() { Host = "127.0.0.1", Port = port, Security = security, From = "portal@example.com" };

    private static MailLetter Letter(string text) => new(Guid.CreateVersion7(), "portal@example.com", "", "owner@example.com", "Hello", text, DateTimeOffset.UnixEpoch);
}

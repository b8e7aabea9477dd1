using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>Hands letters to the mail server, one conversation each. Why it is our own: docs/decisions/0010.</summary>
public sealed class SmtpTransport(MailOptions options, TimeProvider time) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<string> SendAsync(MailLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Recipient is not { } recipient)
            throw new MailException(MailTrouble.Final, new Error("mail-address", "This address cannot be written to: the part before the @ has to be ASCII.", "Ask for another address."));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var (password, authorities) = await ReadFilesAsync(cancel);
        try
        {
            await using var connection = new SmtpConnection(options.Host, authorities);
            return await TalkAsync(connection, letter, recipient, password, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw Away("mail-timeout", $"The mail server {options.Host} did not answer within {options.TimeoutSeconds} seconds.", exception);
        }
        catch (SocketException exception)
        {
            throw Away("mail-server-away", $"The mail server {options.Host}:{options.Port} cannot be reached: {Explain(exception.SocketErrorCode)}.", exception);
        }
        catch (IOException exception)
        {
            throw Away("mail-broken-off", $"The conversation with the mail server {options.Host} broke off.", exception);
        }
    }

    // Read for each letter, so that what the operator changes counts with the next one.
    private async Task<(string Password, X509Certificate2Collection? Authorities)> ReadFilesAsync(CancellationToken cancel)
    {
        try
        {
            return (await options.ReadPasswordAsync(cancel), options.ReadAuthorities());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MailException(MailTrouble.Server, new Error("mail-file", "The file of Mail:PasswordFile or of Mail:AuthorityFile can no longer be read.", "Put it back, readable for the portal's user."), exception);
        }
    }

    private async Task<string> TalkAsync(SmtpConnection connection, MailLetter letter, string recipient, string password, CancellationToken cancel)
    {
        await connection.OpenAsync(options.Port, cancel);
        if (options.Security is MailSecurity.Tls)
            await connection.SecureAsync(cancel);
        Expect(await connection.ReadReplyAsync(cancel), MailTrouble.Server, "turned the portal away", letter);
        var offers = await GreetAsync(connection, letter, cancel);
        if (options.Security is MailSecurity.StartTls)
        {
            if (!offers.Any(offer => string.Equals(offer, "STARTTLS", StringComparison.OrdinalIgnoreCase)))
                throw Server("mail-no-tls", $"The mail server {options.Host} offers no encryption on port {options.Port}, so that nothing was sent.", "Use its port for TLS from the start (465) with Mail:Security Tls, or have STARTTLS switched on there.");
            Expect(await connection.AskAsync("STARTTLS", cancel), MailTrouble.Server, "did not begin the encryption", letter);
            await connection.SecureAsync(cancel);
            offers = await GreetAsync(connection, letter, cancel);
        }

        if (options.User.Length > 0)
            await SignInAsync(connection, offers, password, cancel);
        Expect(await connection.AskAsync($"MAIL FROM:<{letter.From}>", cancel), MailTrouble.Server, $"takes no letters from {letter.From}", letter);
        Expect(await connection.AskAsync($"RCPT TO:<{recipient}>", cancel), MailTrouble.Letter, "does not take letters to this address", letter);
        var begin = await connection.AskAsync("DATA", cancel);
        if (begin.Code != 354)
            throw Refused(begin, begin.IsFinal ? MailTrouble.Final : MailTrouble.Letter, "did not take the letter", letter);
        var accepted = await connection.SendDataAsync(letter.ToBytes(), cancel);
        Expect(accepted, MailTrouble.Letter, "did not take the letter", letter);
        await LeaveAsync(connection, cancel);
        return accepted.Describe(letter.Text);
    }

    private async Task<IReadOnlyList<string>> GreetAsync(SmtpConnection connection, MailLetter letter, CancellationToken cancel)
    {
        var reply = await connection.AskAsync($"EHLO {letter.From[(letter.From.LastIndexOf('@') + 1)..]}", cancel);
        Expect(reply, MailTrouble.Server, "turned the portal away", letter);
        return [.. reply.Lines.Skip(1)];
    }

    // Nothing of what is said here is kept: an answer may repeat what was asked.
    private async Task SignInAsync(SmtpConnection connection, IReadOnlyList<string> offers, string password, CancellationToken cancel)
    {
        var ways = offers.Where(offer => offer.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)).SelectMany(offer => offer.ToUpperInvariant().Split(' ')).ToHashSet();
        SmtpReply reply;
        if (ways.Contains("PLAIN"))
        {
            reply = await connection.AskAsync($"AUTH PLAIN {Base64($"\0{options.User}\0{password}")}", cancel);
        }
        else if (ways.Contains("LOGIN"))
        {
            reply = await connection.AskAsync("AUTH LOGIN", cancel);
            if (reply.Code == 334)
                reply = await connection.AskAsync(Base64(options.User), cancel);
            if (reply.Code == 334)
                reply = await connection.AskAsync(Base64(password), cancel);
        }
        else
        {
            throw Server("mail-no-sign-in", $"The mail server {options.Host} offers no sign-in that the portal knows (PLAIN or LOGIN).", "Use the port for sending with a password, mostly 587 or 465.");
        }

        if (reply.Code != 235)
        {
            throw reply.IsFinal
                ? Server("mail-password", $"The mail server {options.Host} refused the user {options.User} or the password (it said {reply.Code}).", "Set Mail:User and Mail:PasswordFile to what the mail server knows. The waiting letters are then sent.")
                : Server("mail-sign-in", $"The mail server {options.Host} could not check the password just now (it said {reply.Code}).", null);
        }
    }

    // The letter is accepted: whatever happens to the farewell, it must not be sent again.
    private static async Task LeaveAsync(SmtpConnection connection, CancellationToken cancel)
    {
        try
        {
            await connection.AskAsync("QUIT", cancel);
        }
        catch (Exception exception) when (exception is IOException or MailException or OperationCanceledException)
        {
            // It has gone already.
        }
    }

    private void Expect(SmtpReply reply, MailTrouble trouble, string what, MailLetter letter)
    {
        if (!reply.IsDone)
            throw Refused(reply, trouble is MailTrouble.Letter && reply.IsFinal ? MailTrouble.Final : trouble, what, letter);
    }

    private MailException Refused(SmtpReply reply, MailTrouble trouble, string what, MailLetter letter) =>
        new(trouble, new Error("mail-refused", $"The mail server {options.Host} {what}: {reply.Describe(letter.Text)}"));

    private static MailException Server(string code, string message, string? advice) => new(MailTrouble.Server, new Error(code, message, advice));

    private static MailException Away(string code, string message, Exception inner) =>
        new(MailTrouble.Server, new Error(code, message, "It is tried again by itself. Look whether the mail server runs and whether a firewall lies in between."), inner);

    private static string Explain(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name has no address",
        SocketError.TimedOut => "it does not answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to it",
        _ => error.ToString(),
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

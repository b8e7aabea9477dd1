using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>One conversation with a mail server: lines out, replies in (RFC 5321). What the server sends is bounded and never trusted.</summary>
internal sealed class SmtpConnection(string host, X509Certificate2Collection? authorities) : IAsyncDisposable
{
    private const int LongestLine = 2048;
    private const int MostLines = 128;
    private readonly TcpClient client = new();
    private readonly byte[] buffer = new byte[4096];
    private Stream stream = Stream.Null;
    private int start;
    private int end;

    public async Task OpenAsync(int port, CancellationToken cancel)
    {
        await client.ConnectAsync(host, port, cancel);
        client.NoDelay = true;
        stream = client.GetStream();
    }

    /// <summary>From here on everything is encrypted, and the server is the one whose name was configured.</summary>
    public async Task SecureAsync(CancellationToken cancel)
    {
        // Whoever sits in between could have put words after the server's "go ahead"; they would be taken for encrypted ones.
        if (start != end)
            throw Broken("it said something before the encryption began");
        var why = "";
        var secured = new SslStream(stream);
        stream = secured;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                why = Explain(errors, chain);
                return certificate is not null && errors is SslPolicyErrors.None;
            },
        };
        if (authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        try
        {
            await secured.AuthenticateAsClientAsync(options, cancel);
        }
        catch (AuthenticationException exception) when (why.Length > 0)
        {
            throw new MailException(
                MailTrouble.Server,
                new Error("mail-certificate", $"The certificate of {host} is not trusted: {why}. Nothing was sent.", "Give Mail:Host the name that the certificate is for; for a certificate of your own authority set Mail:AuthorityFile."),
                exception);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            throw new MailException(
                MailTrouble.Server,
                new Error("mail-tls", $"No encrypted connection to {host} came about.", "Port 587 goes with Mail:Security StartTls, port 465 with Tls."),
                exception);
        }
    }

    /// <summary>Sends one line and reads the answer to it.</summary>
    public async Task<SmtpReply> AskAsync(string line, CancellationToken cancel)
    {
        if (line.Any(each => char.IsControl(each) || !char.IsAscii(each)))
            throw new InvalidOperationException("A command is one line of ASCII.");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancel);
        await stream.FlushAsync(cancel);
        return await ReadReplyAsync(cancel);
    }

    /// <summary>Sends a whole letter, dots doubled where a line begins with one, and reads the answer to it.</summary>
    public async Task<SmtpReply> SendDataAsync(byte[] letter, CancellationToken cancel)
    {
        var stuffed = Encoding.ASCII.GetString(letter).Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        if (stuffed.StartsWith('.'))
            stuffed = "." + stuffed;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(stuffed + ".\r\n"), cancel);
        await stream.FlushAsync(cancel);
        return await ReadReplyAsync(cancel);
    }

    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, null, out var code) || code is < 200 or > 599)
                throw Broken("it does not speak SMTP");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
        }

        throw Broken("its answer has no end");
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        var line = new List<byte>();
        while (line.Count <= LongestLine)
        {
            if (start == end)
            {
                start = 0;
                end = await stream.ReadAsync(buffer, cancel);
                if (end == 0)
                    throw Broken("it closed the connection");
            }

            var each = buffer[start++];
            if (each == '\n')
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(each);
        }

        throw Broken("its answer has no end");
    }

    private MailException Broken(string how) => new(MailTrouble.Server, new Error("mail-broken-off", $"The mail server {host} could not be talked to: {how}.", "Look whether Mail:Host and Mail:Port are those of a mail server, and into its log."));

    private static string Explain(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "it showed none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "it is for another name";
        var status = chain?.ChainStatus.FirstOrDefault().Status ?? X509ChainStatusFlags.NoError;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return "it has run out or is not valid yet";
        return errors is SslPolicyErrors.None ? "" : "nobody whom this machine trusts has signed it";
    }
}

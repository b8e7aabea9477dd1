using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>
/// exim from Debian's packages (Lab/prepare unpacks it) with a configuration, a certificate, ports and a mailbox of its own. It wants encryption and a password
/// before it takes a letter, and it puts all of them into one folder.
/// </summary>
internal sealed class RealMailServer : IAsyncDisposable
{
    public const string User = "portal";
    public const string Password = "canary-7f3a-Wh0-reads-this";
    private const string Configuration = """
        primary_hostname = mail.example.com
        spool_directory = @folder/spool
        log_file_path = @folder/%s.log
        pid_file_path = @folder/exim.pid
        local_interfaces = <; [127.0.0.1]:@port ; [127.0.0.1]:@tls-port
        tls_on_connect_ports = @tls-port
        tls_advertise_hosts = *
        tls_certificate = @folder/certificate.pem
        tls_privatekey = @folder/key.pem
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_rcpt = recipient
        rfc1413_query_timeout = 0s
        deliver_drop_privilege
        never_users =
        keep_environment =
        domainlist local = example.com
        begin acl
        recipient:
          deny !authenticated = *
               message = sign in first
          deny local_parts = gone
               message = no such mailbox
          accept domains = +local
          deny message = relay not permitted
        begin routers
        all:
          driver = accept
          transport = mailbox
        begin transports
        mailbox:
          driver = appendfile
          directory = @folder/mailbox
          maildir_format
          create_directory
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{@user}}{eq{$auth3}{@password}}}}
          server_set_id = $auth2
        """;

    private readonly DirectoryInfo folder;
    private Process process = null!;

    private RealMailServer(DirectoryInfo folder, int port, int tlsPort)
    {
        this.folder = folder;
        Port = port;
        TlsPort = tlsPort;
    }

    /// <summary>Begins in plain text and offers STARTTLS.</summary>
    public int Port { get; }

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; }

    /// <summary>Who signed its certificate, which is for "localhost".</summary>
    public string AuthorityFile => Path.Combine(folder.FullName, "certificate.pem");

    public static async Task<RealMailServer> StartAsync(CancellationToken cancel)
    {
        var server = new RealMailServer(Directory.CreateTempSubdirectory("mail-server"), FreePort(), FreePort());
        await server.ConfigureAsync(cancel);
        await server.RunAsync(cancel);
        return server;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same ports.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(Path.Combine(Repository.Artifacts, "lab", "exim")))
            throw new InvalidOperationException("The mail server is not there: run FrappeHybrid.Tests/Lab/prepare --mail-server first (./test does).");
        process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Lab", "run-exim"), [folder.FullName]) { UseShellExecute = false })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await AnswersAsync(Port, limit.Token) || !await AnswersAsync(TlsPort, limit.Token))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"exim ended with {process.ExitCode}: {Log()}");
            await Task.Delay(50, limit.Token);
        }
    }

    public async Task StopAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Waits for the next letter and takes it out of the mailbox, as it lies there.</summary>
    public async Task<string> TakeLetterAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var mailbox = new DirectoryInfo(Path.Combine(folder.FullName, "mailbox", "new"));
        while (true)
        {
            mailbox.Refresh();
            if (mailbox.Exists && mailbox.EnumerateFiles().FirstOrDefault() is { } file)
            {
                var letter = await File.ReadAllTextAsync(file.FullName, limit.Token);
                file.Delete();
                return letter;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Its own log.</summary>
    public string Log() => string.Join('\n', folder.EnumerateFiles("*.log").Select(file => File.ReadAllText(file.FullName)));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(true);
    }

    private async Task ConfigureAsync(CancellationToken cancel)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        await File.WriteAllTextAsync(AuthorityFile, certificate.ExportCertificatePem(), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem(), cancel);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "exim.conf"),
            Configuration
                .Replace("@folder", folder.FullName, StringComparison.Ordinal)
                .Replace("@port", Text(Port), StringComparison.Ordinal)
                .Replace("@tls-port", Text(TlsPort), StringComparison.Ordinal)
                .Replace("@user", User, StringComparison.Ordinal)
                .Replace("@password", Password, StringComparison.Ordinal),
            cancel);
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

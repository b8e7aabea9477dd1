using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FrappeHybrid.Tests.Agent;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>nginx with TLS in front of a portal, with the lines of docs/operations.md: only ports and certificate are other ones.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"agent-test-{Environment.ProcessId}-front");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("front-");

    private string fingerprint = "";

    private NginxFront(int port) => Url = new Uri($"https://127.0.0.1:{port}/");

    public Uri Url { get; }

    public static async Task<NginxFront> StartAsync(Uri portal)
    {
        var front = new NginxFront(AgentServer.FreePort());
        await front.WriteAsync(portal);
        await Shell.RunAsync(
            "docker", "run", "-d", "--name", front.name, "--network", "host", "--user", "0", "-v", $"{front.folder.FullName}:{front.folder.FullName}:ro", "--entrypoint", "nginx",
            LabImages.Require().Release, "-c", Path.Combine(front.folder.FullName, "nginx.conf"), "-g", "daemon off;");
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, seen, _, _) => front.IsOwn(seen) } }) { BaseAddress = front.Url };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
                if (answer.StatusCode is HttpStatusCode.OK)
                    return front;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("docker", "rm", "-f", "-v", name);
        folder.Delete(recursive: true);
    }

    private bool IsOwn(X509Certificate? seen) => seen?.GetCertHashString(HashAlgorithmName.SHA256) == fingerprint;

    private async Task WriteAsync(Uri portal)
    {
        var documented = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));
        var lines = documented.Split("```nginx\n")[1].Split("```")[0];
        foreach (var (from, to) in ((string, string)[])
        [
            ("listen 443 ssl;", $"listen 127.0.0.1:{Url.Port} ssl;"),
            ("/etc/letsencrypt/live/portal.example.com/fullchain.pem", Path.Combine(folder.FullName, "certificate.pem")),
            ("/etc/letsencrypt/live/portal.example.com/privkey.pem", Path.Combine(folder.FullName, "key.pem")),
            ("http://127.0.0.1:5080", portal.GetLeftPart(UriPartial.Authority)),
        ])
        {
            if (!lines.Contains(from, StringComparison.Ordinal))
                throw new InvalidOperationException($"docs/operations.md says no longer \"{from}\".");
            lines = lines.Replace(from, to, StringComparison.Ordinal);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=portal.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "certificate.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nginx.conf"),
            $$"""
            worker_processes 1; pid /tmp/nginx.pid; error_log /dev/stderr; events {}
            http {
              access_log off; client_body_temp_path /tmp/a; proxy_temp_path /tmp/b; fastcgi_temp_path /tmp/c; uwsgi_temp_path /tmp/d; scgi_temp_path /tmp/e;
              {{lines}}
            }
            """);
    }
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FrappeHybrid.Agent;
using FrappeHybrid.Agent.Identity;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrappeHybrid.Tests.Agent;

/// <summary>The whole Agent in this process, on a free port of loopback, without an engine behind it.</summary>
internal sealed class AgentInstance : IAsyncDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly WebApplication agent;
    private readonly X509Certificate2 identity;

    private AgentInstance()
    {
        Portal = NewCertificate("portal");
        Directory.CreateDirectory(root.Paths.AgentFolder);
        Allow(Portal);
        var settings = AgentSettingsFile.Open(root.Paths.SettingsFile, NullLogger<AgentSettingsFile>.Instance);
        identity = new AgentCertificate(root.Paths, TimeProvider.System).Ensure();
        agent = AgentHost.Build(root.Paths, settings, identity, TimeProvider.System);
    }

    /// <summary>The certificate that is pinned at first.</summary>
    public X509Certificate2 Portal { get; }

    public AgentPaths Paths => root.Paths;

    public Uri Address => new(agent.Urls.Single());

    public static async Task<AgentInstance> StartAsync()
    {
        var instance = new AgentInstance();
        await instance.agent.StartAsync();
        return instance;
    }

    /// <summary>Writes agent.json anew, as the play does it.</summary>
    public void Allow(params X509Certificate2[] certificates)
    {
        var fingerprints = string.Join(',', certificates.Select(certificate => $"\"{AgentCertificate.Fingerprint(certificate)}\""));
        DurableFile.Write(
            Paths.SettingsFile,
            $$$"""
            {"serverId":"0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d","portalCertificateFingerprints":[{{{fingerprints}}}],"listenPort":0,
             "options":{"listenAddress":"127.0.0.1","dockerSocket":"{{{Paths.AgentFolder}}}/no.sock"}}
            """);
    }

    /// <summary>A client that pins the Agent's certificate, as the portal does.</summary>
    public HttpClient Client(X509Certificate2? certificate)
    {
        var expected = AgentCertificate.Fingerprint(identity);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, seen, _, _) => seen is X509Certificate2 each && AgentCertificate.Fingerprint(each) == expected,
                ClientCertificates = certificate is null ? null : [certificate],
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            },
        };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    public static X509Certificate2 NewCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    public static AgentProblem Problem(string json) => JsonSerializer.Deserialize(json, AgentJson.Default.AgentProblem)!;

    public async ValueTask DisposeAsync()
    {
        await agent.StopAsync();
        await agent.DisposeAsync();
        identity.Dispose();
        Portal.Dispose();
        root.Dispose();
    }
}

using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Restores;
using FrappeHybrid.Agent.Servers;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Agent.Terminals;
using FrappeHybrid.Agent.Updates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace FrappeHybrid.Agent;

/// <summary>Puts the Agent together: what it is made of, and how it listens.</summary>
internal static class AgentHost
{
    /// <summary>The whole Agent, ready to run.</summary>
    public static WebApplication Build(AgentPaths paths, AgentSettingsFile settings, X509Certificate2 certificate, TimeProvider time)
    {
        // The folder of the program, not the one it was started in: an appsettings.json lying there is not ours.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var log = new RecentLog(time);
        builder.Logging.ClearProviders().AddSystemdConsole().AddProvider(log).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddSingleton(log);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, settings, certificate));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        AddServices(builder.Services, paths, settings, time);

        var agent = builder.Build();
        var gate = agent.Services.GetRequiredService<PortalGate>();
        agent.Use(next => context => gate.PassAsync(context, next));
        agent.UseMiddleware<ProblemMiddleware>();
        agent.UseWebSockets(TerminalRoutes.Sockets);
        foreach (var routes in agent.Services.GetServices<IRoutes>())
            routes.Map(agent);

        return agent;
    }

    private static void AddServices(IServiceCollection services, AgentPaths paths, AgentSettingsFile settings, TimeProvider time)
    {
        var options = settings.Options;
        services.AddSingleton(paths).AddSingleton(settings).AddSingleton(options).AddSingleton(time);
        services.AddSingleton(new DockerConnection(options.DockerSocket, time));
        services.AddSingleton<DockerEngine>().AddSingleton<DockerExec>().AddSingleton<SpareExecs>().AddSingleton<PulledImages>().AddSingleton<DockerImages>().AddSingleton<ContainerProcesses>();
        services.AddSingleton<ServerFacts>().AddSingleton<HttpProbe>().AddSingleton<BenchCatalog>().AddSingleton<RunningBench>().AddSingleton<BenchProgram>().AddSingleton<MariaDb>();

        services.AddSingleton<INginxCommands, NginxCommands>().AddSingleton<NginxSites>();
        services.AddHostedService(provider => provider.GetRequiredService<NginxSites>());

        services.AddSingleton<JobDatabase>().AddSingleton<JobFeed>().AddSingleton<JobStore>().AddSingleton<JobSecrets>().AddSingleton<JobRunner>();
        services.AddSingleton<SiteProbe>().AddSingleton<SiteEntries>();
        services.AddSingleton<IJobWork, NewBenchJob>().AddSingleton<IJobWork, NewSiteJob>();
        services.AddSingleton(provider => new JobEngine(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobSecrets>(),
            provider.GetRequiredService<JobRunner>(),
            provider.GetServices<IJobWork>(),
            options.ParallelJobs,
            provider.GetRequiredService<ILogger<JobEngine>>()));
        services.AddHostedService(provider => provider.GetRequiredService<JobEngine>());
        services.AddHostedService(provider => new JobRetention(
            provider.GetRequiredService<JobStore>(), options.RetentionDays, time, provider.GetRequiredService<ILogger<JobRetention>>()));

        services.AddHostedService<FrontendKeeper>();

        services.AddSingleton<PortalGate>();
        services.AddHostedService(provider => provider.GetRequiredService<PortalGate>());
        services.AddSingleton<JobIntake>();
        services.AddSingleton<ServerRoutes>().AddSingleton<IRoutes>(provider => provider.GetRequiredService<ServerRoutes>()).AddSingleton<IRoutes, BenchRoutes>().AddSingleton<ConsoleSources>().AddSingleton<IRoutes, ConsoleApi>().AddSingleton<IRoutes, SiteRoutes>().AddSingleton<IRoutes, JobRoutes>().AddSingleton<IRoutes, FeedRoute>().AddSingleton<IRoutes, EvidenceRoute>();
        services.AddBackups();
        services.AddRestores();
        services.AddUpdates();
        services.AddSiteWork();
        services.AddBenchWork();
        services.AddServerWork();
        services.AddTerminals();
    }

    private static void Listen(KestrelServerOptions kestrel, AgentSettingsFile settings, X509Certificate2 certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ApiMessages.LongestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);

        // One portal with its feed, its consoles and a few calls; the rest is somebody who holds connections open.
        kestrel.Limits.MaxConcurrentConnections = 500;

        var current = settings.Current;
        if (settings.Options.ListenAddress == "*")
            kestrel.ListenAnyIP(current.ListenPort, Secure);
        else
            kestrel.Listen(IPAddress.Parse(settings.Options.ListenAddress), current.ListenPort, Secure);

        void Secure(ListenOptions listen) => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            CheckCertificateRevocation = false,

            // Pinned, not chained: no authority in the world can make another certificate that passes.
            ClientCertificateValidation = (presented, _, _) => settings.Allows(presented),
            HandshakeTimeout = TimeSpan.FromSeconds(10),
        });
    }
}

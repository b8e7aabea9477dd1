using FrappeHybrid.Core;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Agent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FrappeHybrid.Tests.Measure.Jobs;

/// <summary>The portal's own core with its engines (dispatcher, followers) on a real portal.db, in front of one real Agent.</summary>
internal sealed class MeasuredPortal : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> engines = [];

    private MeasuredPortal(ServiceProvider services) => this.services = services;

    public Actor Owner { get; private set; } = null!;

    public Guid SiteId { get; private set; }

    public static async Task<MeasuredPortal> StartAsync(string folder, AgentServer server, BenchName bench, SiteName site)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:DataFolder"] = folder }).Build();
        var parts = new ServiceCollection();
        parts.AddSingleton<IConfiguration>(configuration);
        parts.AddLogging();
        parts.AddDataProtection();
        parts.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>());
        parts.AddFrappeHybridCore(configuration);
        parts.AddSingleton<IAgentConnection>(new OneAgent(server));
        var portal = new MeasuredPortal(parts.BuildServiceProvider());
        await portal.services.GetRequiredService<DatabaseStartup>().RunAsync(CancellationToken.None);
        await portal.SeedAsync(bench, site);
        portal.engines.Add(portal.Get<JobDispatcher>().RunAsync(portal.stop.Token));
        portal.engines.Add(portal.Get<FeedFollowers>().RunAsync(portal.stop.Token));
        return portal;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<bool> HasEndedAsync(Guid jobId)
    {
        await using var db = await Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return (await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId)).HasEnded;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(engines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.DisposeAsync();
        stop.Dispose();
    }

    private async Task SeedAsync(BenchName bench, SiteName site)
    {
        await using var db = await Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var (row, _) = await SeedAsync(db, bench, site);
        SiteId = row.Id;
        Owner = Actor.Member(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "owner@example.com", row.TeamId, TeamRole.Owner);
    }

    /// <summary>A team with one server, bench and site, as if they had been made here.</summary>
    public static async Task<(Site Site, Bench Bench)> SeedAsync(PortalDb db, BenchName bench, SiteName site)
    {
        var now = TimeProvider.System.GetUtcNow();
        var team = new Team { Id = NewId.At(TimeProvider.System), Name = "Measured", CreatedAt = now };
        var release = new Release { Id = NewId.At(TimeProvider.System), Name = "Measured", Version = "15", Image = ImageReference.Parse("frappe/erpnext:v15"), Apps = ["frappe"], CreatedAt = now };
        var server = new Server
        {
            Id = NewId.At(TimeProvider.System),
            TeamId = team.Id,
            Name = "Measured",
            Address = "127.0.0.1",
            CreatedAt = now,
            SshPublicKey = "-",
            SshPrivateKeyProtected = "-",
            AgentFingerprint = "-",
        };
        server.Become(ServerState.Installing, null);
        server.Become(ServerState.Active, null);
        var benchRow = new Bench { Id = NewId.At(TimeProvider.System), TeamId = team.Id, ServerId = server.Id, ReleaseId = release.Id, Name = bench, CreatedAt = now };
        benchRow.Become(BenchState.Active, null);
        var siteRow = new Site { Id = NewId.At(TimeProvider.System), TeamId = team.Id, ServerId = server.Id, BenchId = benchRow.Id, Name = site, CreatedAt = now, Apps = ["frappe"] };
        siteRow.Become(SiteState.Active, null);
        db.AddRange(team, release, server, benchRow, siteRow);
        await db.SaveChangesAsync();
        return (siteRow, benchRow);
    }

    /// <summary>The test server's own client: pinned on both sides, as the portal's is, at a port of the test's.</summary>
    internal sealed class OneAgent(AgentServer server) : IAgentConnection
    {
        public HttpClient For(Server asked) => server.Client;
    }
}

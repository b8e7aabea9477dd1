using FrappeHybrid.Core;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Core as the portal has it, on a database of its own, with fake Agents in place of the network.</summary>
internal sealed class TestCore : IAsyncDisposable, IAgentConnection
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private readonly Dictionary<string, HttpClient> clients = [];
    private readonly ServiceProvider provider;

    private TestCore(string folder, TimeProvider time)
    {
        Folder = folder;
        Time = time;
        provider = Services(folder, time, Logs, this).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    public LogSink Logs { get; } = new();

    /// <summary>Agents by the address of their server; the first server's is "agent".</summary>
    public Dictionary<string, FakeAgent> Agents { get; } = new() { ["agent"] = new FakeAgent() };

    public FakeAgent Agent => Agents["agent"];

    public Team Team { get; private set; } = null!;

    public Release Release { get; private set; } = null!;

    public Actor Owner { get; private set; } = null!;

    public static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public static async Task<TestCore> StartAsync(TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("core-test").FullName;
        File.Copy(await Template.Value, Path.Combine(folder, "portal.db"));
        var core = new TestCore(folder, time ?? TimeProvider.System);
        await core.SeedAsync();
        return core;
    }

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    public object Get(Type type) => provider.GetRequiredService(type);

    public Task<PortalDb> DbAsync() => Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    public static Actor ActorOf(Guid teamId, TeamRole role) => new(Guid.CreateVersion7(), $"{role}@example.com", StaffRole.None, new Dictionary<Guid, TeamRole> { [teamId] = role });

    public static Actor StaffOf(StaffRole role) => new(Guid.CreateVersion7(), $"{role}@example.com", role, new Dictionary<Guid, TeamRole>());

    public async Task<Server> AddServerAsync(string address = "agent", ServerState state = ServerState.Active)
    {
        await using var db = await DbAsync();
        var server = new Server
        {
            Id = NewId.At(Time),
            TeamId = Team.Id,
            Name = $"Server {address}",
            Address = address,
            CreatedAt = Time.GetUtcNow(),
            SshPublicKey = "ssh-ed25519 AAAA",
            SshPrivateKeyProtected = "-",
            AgentFingerprint = "AB",
        };
        if (state is not ServerState.Draft)
            server.Become(ServerState.Installing, null);
        if (state is not (ServerState.Draft or ServerState.Installing))
            server.Become(state is ServerState.Broken ? state : ServerState.Active, null);
        if (server.State != state)
            server.Become(state, null);
        db.Servers.Add(server);
        await db.SaveChangesAsync(Cancel);
        return server;
    }

    public async Task<Bench> AddBenchAsync(Server server, string name = "main", BenchState state = BenchState.Active)
    {
        await using var db = await DbAsync();
        var bench = new Bench { Id = NewId.At(Time), TeamId = server.TeamId, ServerId = server.Id, ReleaseId = Release.Id, Name = BenchName.Parse(name), CreatedAt = Time.GetUtcNow() };
        if (state is not BenchState.Installing)
            bench.Become(state, null);
        db.Benches.Add(bench);
        await db.SaveChangesAsync(Cancel);
        return bench;
    }

    public async Task<Site> AddSiteAsync(Bench bench, string name = "shop.example.com", SiteState state = SiteState.Active)
    {
        await using var db = await DbAsync();
        var site = new Site { Id = NewId.At(Time), TeamId = bench.TeamId, ServerId = bench.ServerId, BenchId = bench.Id, Name = SiteName.Parse(name), CreatedAt = Time.GetUtcNow(), Apps = ["frappe"] };
        if (state is not SiteState.Installing)
            site.Become(state, null);
        db.Sites.Add(site);
        await db.SaveChangesAsync(Cancel);
        return site;
    }

    /// <summary>A bench being made and its job, as CreateBench leaves them.</summary>
    public async Task<(Guid BenchId, Guid JobId)> OrderBenchAsync(Server server, string name = "main")
    {
        var made = await Get<CreateBench>().RunAsync(Owner, server.Id, name, Release.Id, Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        await using var db = await DbAsync();
        return (made.Value, await db.Jobs.Where(job => job.BenchId == made.Value).Select(job => job.Id).SingleAsync(Cancel));
    }

    public async Task<Job> JobAsync(Guid id)
    {
        await using var db = await DbAsync();
        return await db.Jobs.AsNoTracking().Include(job => job.Steps).SingleAsync(job => job.Id == id, Cancel);
    }

    public async Task<Bench> BenchAsync(Guid id)
    {
        await using var db = await DbAsync();
        return await db.Benches.AsNoTracking().SingleAsync(bench => bench.Id == id, Cancel);
    }

    public async Task<Server> ServerAsync(Guid id)
    {
        await using var db = await DbAsync();
        return await db.Servers.AsNoTracking().SingleAsync(server => server.Id == id, Cancel);
    }

    /// <summary>Waits for the condition, looking again with every stored change and whenever the fake clock moves.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? advance = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var changed = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        using var subscription = Get<LiveChanges>().Subscribe(_ => changed.Writer.TryWrite(true));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            if (advance is { } step && Time is FakeTime fake)
                fake.Advance(step);
            else
                await Task.WhenAny(changed.Reader.ReadAsync(limit.Token).AsTask(), Task.Delay(50, limit.Token));
        }
    }

    HttpClient IAgentConnection.For(Server server)
    {
        lock (clients)
        {
            if (!clients.TryGetValue(server.Address, out var client))
                clients.Add(server.Address, client = new HttpClient(Agents[server.Address], false) { BaseAddress = new Uri("https://agent:25052"), Timeout = Timeout.InfiniteTimeSpan });
            return client;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, true);
    }

    private async Task SeedAsync()
    {
        Team = new Team { Id = NewId.At(Time), Name = "Customer", CreatedAt = Time.GetUtcNow() };
        Release = new Release { Id = NewId.At(Time), Name = "ERPNext 15", Version = "15.50.0", Image = ImageReference.Parse("frappe/erpnext:v15.50.0"), Apps = ["frappe", "erpnext"], CreatedAt = Time.GetUtcNow() };
        Owner = ActorOf(Team.Id, TeamRole.Owner);
        await using var db = await DbAsync();
        db.Add(Team);
        db.Add(Release);
        await db.SaveChangesAsync(Cancel);
    }

    private static ServiceCollection Services(string folder, TimeProvider time, LogSink logs, IAgentConnection agents)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:DataFolder"] = folder }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddFrappeHybridCore(configuration);
        services.AddSingleton(agents);
        services.AddIdentityCore<PortalUser>().AddEntityFrameworkStores<PortalDb>();
        return services;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("core-template").FullName;
        await using (var services = new ServiceCollection().AddDbContextFactory<PortalDb>(database => database.UseSqlite($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False")).BuildServiceProvider())
            await new DatabaseStartup(services.GetRequiredService<IDbContextFactory<PortalDb>>(), new CoreOptions { DataFolder = folder }).RunAsync(CancellationToken.None);
        return Path.Combine(folder, "portal.db");
    }
}

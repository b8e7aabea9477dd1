using FrappeHybrid.Core;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
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

    private readonly IDataProtectionProvider keys;

    private readonly IReadOnlyDictionary<string, string?> settings;

    private TestCore(string folder, TimeProvider time, IDataProtectionProvider keys, IReadOnlyDictionary<string, string?> settings, bool isChecked)
    {
        Folder = folder;
        Time = time;
        this.keys = keys;
        this.settings = settings;
        provider = Services(folder, time, keys, settings, Logs, this).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = isChecked });
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    public LogSink Logs { get; } = new();

    /// <summary>Agents by the address of their server; the first server's is "agent".</summary>
    public Dictionary<string, FakeAgent> Agents { get; private init; } = new() { ["agent"] = new FakeAgent() };

    public FakeAgent Agent => Agents["agent"];

    /// <summary>The way to real Agents; when it is there, it is taken instead of the fake ones.</summary>
    public IAgentConnection? Real { get; set; }

    public Team Team { get; private set; } = null!;

    public Release Release { get; private set; } = null!;

    public Actor Owner { get; private set; } = null!;

    public static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    /// <param name="settings">Configuration keys ("Mail:Host") with their values.</param>
    public static async Task<TestCore> StartAsync(TimeProvider? time = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("core-test").FullName;
        File.Copy(await Template.Value, Path.Combine(folder, "portal.db"));
        var core = new TestCore(folder, time ?? TimeProvider.System, new EphemeralDataProtectionProvider(), settings ?? new Dictionary<string, string?>(), isChecked: true);
        await core.SeedAsync();
        return core;
    }

    /// <summary>
    /// The portal that is started after this one was killed now: it finds the database as it was stored at this moment, the key ring, and the same Agents. This one
    /// is to be ended; whatever it still does, nobody sees.
    /// </summary>
    public async Task<TestCore> AfterKillAsync()
    {
        var folder = Directory.CreateTempSubdirectory("core-test").FullName;
        await using (var db = await DbAsync())
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path.Combine(folder, "portal.db")}", Cancel);
        return new TestCore(folder, Time, keys, settings, isChecked: false) { Agents = Agents, Team = Team, Release = Release, Owner = Owner };
    }

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    public object Get(Type type) => provider.GetRequiredService(type);

    public Task<PortalDb> DbAsync() => Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    public static Actor ActorOf(Guid teamId, TeamRole role) => Actor.Member(Guid.CreateVersion7(), $"{role}@example.com", teamId, role);

    public static Actor StaffOf(StaffRole role) => new(Guid.CreateVersion7(), $"{role}@example.com", role, []);

    /// <summary>Somebody with an account, and a role in the team when one is given; the actor of that person.</summary>
    public async Task<Actor> AddUserAsync(string email, StaffRole staff = StaffRole.None, TeamRole? role = null, Guid? team = null)
    {
        await using var scope = provider.CreateAsyncScope();
        var user = new PortalUser { Id = NewId.At(Time), UserName = email, Email = email, EmailConfirmed = true, Staff = staff };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().CreateAsync(user);
        Assert.True(made.Succeeded);
        if (role is { } given)
        {
            await using var db = await DbAsync();
            db.TeamMembers.Add(new TeamMember { TeamId = team ?? Team.Id, UserId = user.Id, Role = given });
            await db.SaveChangesAsync(Cancel);
        }

        return await ActorAsync(user.Id);
    }

    /// <summary>The actor with the rights of now.</summary>
    public async Task<Actor> ActorAsync(Guid userId) => (await Get<ActorQueries>().ForUserAsync(userId, "192.0.2.7", Cancel))!;

    public async Task<Server> AddServerAsync(string address = "agent", ServerState state = ServerState.Active, Guid? teamId = null)
    {
        await using var db = await DbAsync();
        var server = new Server
        {
            Id = NewId.At(Time),
            TeamId = teamId ?? Team.Id,
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

    /// <summary>A whole backup of the site; its id.</summary>
    public async Task<Guid> AddBackupAsync(Site site)
    {
        await using var db = await DbAsync();
        BackupFile[] files = [new(BackupFileKind.Database, "20261122_013512-shop_example_com-database.sql.gz", 1000, new string('a', 64))];
        var record = new BackupRecord(NewId.At(Time), BenchName.Parse("main"), site.Name, BackupKind.Manual, Time.GetUtcNow(), "Asia/Kolkata", "15.50.0", 4000, files, NewId.At(Time));
        db.Backups.Add(Backup.Of(record, site.TeamId, site.ServerId, site.Id));
        await db.SaveChangesAsync(Cancel);
        return record.Id;
    }

    /// <summary>A bench being made and its job, as CreateBench leaves them.</summary>
    public async Task<(Guid BenchId, Guid JobId)> OrderBenchAsync(Server server, string name = "main", Actor? actor = null)
    {
        var made = await Get<CreateBench>().RunAsync(actor ?? Owner, server.Id, name, Release.Id, Cancel);
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
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? advance = null, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(patience ?? TimeSpan.FromMinutes(2));
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
        if (Real is { } real)
            return real.For(server);
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

    private static ServiceCollection Services(
        string folder, TimeProvider time, IDataProtectionProvider keys, IReadOnlyDictionary<string, string?> settings, LogSink logs, IAgentConnection agents)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(settings) { ["Portal:DataFolder"] = folder }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddSingleton(keys);
        services.AddFrappeHybridCore(configuration);
        services.AddSingleton(agents);
        services.AddPortalIdentity();
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

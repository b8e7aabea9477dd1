using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>A portal with a team that has one of everything, and a second team that has nothing to do with it; programs with tokens of both.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    /// <summary>In the name of all that the first team has.</summary>
    public const string Mark = "harbour";

    public const string Password = "Correct-horse-7";

    private ApiWorld(TestPortal portal) => Portal = portal;

    public TestPortal Portal { get; }

    public Guid Team { get; } = Guid.CreateVersion7();

    public Guid OtherTeam { get; } = Guid.CreateVersion7();

    public Guid OwnerId { get; } = Guid.CreateVersion7();

    public Guid StrangerId { get; } = Guid.CreateVersion7();

    public Server Server { get; private set; } = null!;

    public Bench Bench { get; private set; } = null!;

    public Site Site { get; private set; } = null!;

    public Guid Dropped { get; private set; }

    public Guid Backup { get; private set; }

    public Guid Job { get; private set; }

    public Guid Play { get; private set; }

    public Guid BenchUpdate { get; private set; }

    public Guid Release { get; private set; }

    public static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public static IReadOnlyList<Capability> All => [.. Enum.GetValues<Capability>()];

    public static async Task<ApiWorld> StartAsync(LogSink? logs = null)
    {
        var world = new ApiWorld(await TestPortal.StartAsync(logs: logs));
        await world.SeedAsync();
        return world;
    }

    public Task<PortalDb> DbAsync() => Portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    public T Get<T>()
        where T : notnull => Portal.Services.GetRequiredService<T>();

    /// <summary>A token of the first team's owner: all that an owner may there, unless it is less.</summary>
    public Task<string> OwnerTokenAsync(params IReadOnlyList<Capability> capabilities) => TokenAsync(OwnerId, Team, Team, capabilities);

    /// <summary>A token of the second team's owner, with all rights there.</summary>
    public Task<string> StrangerTokenAsync() => TokenAsync(StrangerId, OtherTeam, OtherTeam, []);

    public async Task<string> TokenAsync(Guid user, Guid team, Guid thing, IReadOnlyList<Capability> capabilities)
    {
        var actor = (await Get<ActorQueries>().ForUserAsync(user, "127.0.0.1", Cancel))!;
        IReadOnlyList<Capability> wanted = capabilities.Count > 0 ? capabilities : [.. ApiTokenRules.Offered(actor, team == Guid.Empty ? Place.Portal : new Place(team))];
        var made = await Get<CreateApiToken>().RunAsync(actor, new ApiTokenRequest("Test", team, thing, wanted, 30), Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        return made.Value.Value;
    }

    /// <summary>A program: sends the token, keeps no cookie, follows nothing.</summary>
    public HttpClient Program(string? token)
    {
        var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Portal.Url };
        if (token is not null)
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }

    public static HttpRequestMessage Request(string method, string path, object? body = null, string? key = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    public static async Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> SendAsync(HttpClient program, string method, string path, object? body = null, string? key = null)
    {
        using var request = Request(method, path, body, key);
        var answer = await program.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        using var json = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return ((int)answer.StatusCode, json.RootElement.Clone(), answer);
    }

    public async ValueTask DisposeAsync() => await Portal.DisposeAsync();

    private async Task SeedAsync()
    {
        var time = TimeProvider.System;
        await using var db = await DbAsync();
        Release = (await db.Releases.FirstAsync(Cancel)).Id;
        foreach (var (team, user, name) in new[] { (Team, OwnerId, Mark), (OtherTeam, StrangerId, "meadow") })
        {
            var address = $"owner-of-{name}@example.com";
            db.Users.Add(new PortalUser { Id = user, UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, SecurityStamp = name });
            db.Teams.Add(new Team { Id = team, Name = $"Team {name}", CreatedAt = time.GetUtcNow() });
            db.TeamMembers.Add(new TeamMember { TeamId = team, UserId = user, Role = TeamRole.Owner });
        }

        Server = new Server
        {
            Id = NewId.At(time),
            TeamId = Team,
            Name = $"Server {Mark}",
            Address = $"{Mark}.example.net",
            CreatedAt = time.GetUtcNow(),
            SshPublicKey = "ssh-ed25519 AAAA",
            SshPrivateKeyProtected = "-",
            AgentFingerprint = "AB",
        };
        Server.Become(ServerState.Installing, null);
        Server.Become(ServerState.Active, null);
        Bench = new Bench { Id = NewId.At(time), TeamId = Team, ServerId = Server.Id, ReleaseId = Release, Name = BenchName.Parse(Mark), CreatedAt = time.GetUtcNow() };
        Bench.Become(BenchState.Active, null);
        Site = NewSite($"{Mark}.example.com");
        var dropped = NewSite($"old.{Mark}.example.com");
        dropped.Become(SiteState.Working, null);
        dropped.Become(SiteState.Trashed, null);
        dropped.Trash = new TrashedSite { Name = dropped.Name, Archive = Guid.CreateVersion7(), At = time.GetUtcNow(), Until = time.GetUtcNow().AddDays(7), CanComeBack = true };
        Dropped = dropped.Id;
        var play = new Play { Id = NewId.At(time), TeamId = Team, ServerId = Server.Id, Title = "Set up server", CreatedAt = time.GetUtcNow(), Tasks = [] };
        play.Tasks.Add(new PlayTask { RunId = play.Id, Number = 1, Key = "task-1", Title = "One" });
        play.Become(RunState.Running);
        play.Become(RunState.Failure);
        var update = new BenchUpdate
        {
            Id = NewId.At(time),
            TeamId = Team,
            ServerId = Server.Id,
            BenchId = Bench.Id,
            TargetBenchId = Bench.Id,
            SkipFailingPatches = false,
            UserId = OwnerId,
            UserName = Mark,
            CreatedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
        };
        (Play, BenchUpdate) = (play.Id, update.Id);
        db.AddRange(Server, Bench, Site, dropped, play, update);
        db.PreflightReports.Add(new PreflightReport { Id = Server.Id, TeamId = Team, StartedAt = time.GetUtcNow(), FinishedAt = time.GetUtcNow() });
        for (var number = 0; number < 2; number++)
        {
            BackupFile[] files = [new(BackupFileKind.Database, $"20261122_013512-{Mark}-database.sql.gz", 1000, new string('a', 64))];
            var record = new BackupRecord(NewId.At(time), Bench.Name, Site.Name, BackupKind.Manual, time.GetUtcNow().AddHours(-number), "Asia/Kolkata", "15.50.0", 4000, files, NewId.At(time));
            db.Backups.Add(FrappeHybrid.Core.Backups.Backup.Of(record, Team, Server.Id, Site.Id));
            Backup = record.Id;
        }

        await db.SaveChangesAsync(Cancel);
        var actor = (await Get<ActorQueries>().ForUserAsync(OwnerId, null, Cancel))!;
        var ordered = await Get<BackupSite>().RunAsync(actor, Site.Id, true, Cancel);
        Assert.True(ordered.IsDone, ordered.Error?.Message);
        Job = ordered.Value;
    }

    public Site NewSite(string name)
    {
        var site = new Site { Id = NewId.At(TimeProvider.System), TeamId = Team, ServerId = Server.Id, BenchId = Bench.Id, Name = SiteName.Parse(name), CreatedAt = TimeProvider.System.GetUtcNow(), Apps = ["frappe"] };
        site.Become(SiteState.Active, null);
        return site;
    }
}

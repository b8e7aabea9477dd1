using FrappeHybrid.Core;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Preflight;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Lab;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

/// <summary>Core with its real SSH transport, for servers of the lab. Disposing it is what a stopped portal leaves behind; another one on the same folder is the next portal.</summary>
internal sealed class OnboardingCore : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private OnboardingCore(string folder, Dictionary<string, string?> settings)
    {
        Folder = folder;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddDataProtection().SetApplicationName("FrappeHybrid").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        services.AddFrappeHybridCore(configuration);
        services.AddPortalIdentity();
        provider = services.BuildServiceProvider();
    }

    public string Folder { get; }

    public LogSink Logs { get; } = new();

    public Guid TeamId { get; private set; }

    public Actor Owner => Actor.Member(Guid.Parse("00000000-0000-7000-8000-00000000000a"), "owner@example.com", TeamId, TeamRole.Owner);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>On a folder of its own, or on one that an earlier portal has left.</summary>
    public static async Task<OnboardingCore> StartAsync(LabDescription? lab = null, string? folder = null, Action<Dictionary<string, string?>>? change = null)
    {
        folder ??= Directory.CreateTempSubdirectory("onboarding").FullName;
        var settings = lab?.PortalSettings(folder) ?? new Dictionary<string, string?> { ["Portal:DataFolder"] = folder };
        settings["Provisioning:ConnectTimeout"] = "00:00:05";
        change?.Invoke(settings);
        var core = new OnboardingCore(folder, settings);
        await core.Get<DatabaseStartup>().RunAsync(Cancel);
        await using var db = await core.DbAsync();
        var team = await db.Teams.FirstOrDefaultAsync(Cancel);
        if (team is null)
        {
            db.Teams.Add(team = new Team { Id = NewId.At(TimeProvider.System), Name = "Customer", CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Cancel);
        }

        core.TeamId = team.Id;
        return core;
    }

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    public Task<PortalDb> DbAsync() => Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    /// <summary>A draft that leads to the address.</summary>
    public async Task<Guid> DraftAsync(string address, int port = 22, string user = "root", string domain = "")
    {
        var made = await Get<CreateServer>().RunAsync(Owner, TeamId, $"Server {Guid.CreateVersion7():N}", Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        var server = await ServerAsync(made.Value);
        Done(await Get<UpdateServerConnection>().RunAsync(Owner, made.Value, new ServerConnection(server.Name, address, port, user, domain), Cancel));
        return made.Value;
    }

    /// <summary>A draft whose host key is confirmed and whose key the server takes.</summary>
    public async Task<Guid> ConnectedAsync(LabServer machine, string domain = "", string user = "root")
    {
        var id = await DraftAsync(machine.Address, user: user, domain: domain);
        await machine.RunAsync($"umask 077; mkdir -p ~{user}/.ssh; cat >> ~{user}/.ssh/authorized_keys; chown -R {user} ~{user}/.ssh", (await ServerAsync(id)).SshPublicKey + "\n");
        var scan = await Get<ScanHostKey>().RunAsync(Owner, id, Cancel);
        Assert.True(scan.IsDone, scan.Error?.Message);
        Done(await Get<ConfirmHostKey>().RunAsync(Owner, id, scan.Value.Fingerprint, Cancel));
        Done(await Get<CheckConnection>().RunAsync(Owner, id, Cancel));
        return id;
    }

    /// <summary>Runs a pre-flight to its end.</summary>
    public async Task<PreflightReport> PreflightAsync(Guid serverId, string? rowKey = null)
    {
        Done(await Get<RunPreflight>().RunAsync(Owner, serverId, rowKey, Cancel));
        await Get<PreflightRunner>().RunOneAsync(new PreflightRequest(serverId, rowKey), Cancel);
        return (await Get<ServerQueries>().PreflightAsync(Owner, serverId, Cancel))!;
    }

    /// <summary>Starts the play and runs it to its end.</summary>
    public async Task<Play> SetUpAsync(Guid serverId)
    {
        var play = await Get<SetUpServer>().RunAsync(Owner, serverId, Cancel);
        Assert.True(play.IsDone, play.Error?.Message);
        await Get<PlayRunner>().RunDueAsync(Cancel);
        return await PlayAsync(play.Value);
    }

    public async Task<Play> PlayAsync(Guid id)
    {
        await using var db = await DbAsync();
        var play = await db.Plays.AsNoTracking().Include(each => each.Tasks).SingleAsync(each => each.Id == id, Cancel);
        play.Tasks.Sort((one, other) => one.Number - other.Number);
        return play;
    }

    public async Task<Server> ServerAsync(Guid id)
    {
        await using var db = await DbAsync();
        return await db.Servers.AsNoTracking().SingleAsync(each => each.Id == id, Cancel);
    }

    /// <summary>What people are told of, oldest first.</summary>
    public async Task<List<NotificationEvent>> ToldAsync()
    {
        await using var db = await DbAsync();
        return await db.NotificationEvents.AsNoTracking().OrderBy(told => told.At).ToListAsync(Cancel);
    }

    /// <summary>All that a play has written, a task.</summary>
    public async Task<string> OutputAsync(Guid playId, string task)
    {
        await using var db = await DbAsync();
        return string.Concat((await db.RunOutputs.Where(output => output.RunId == playId && output.StepKey == task).OrderBy(output => output.Id).ToListAsync(Cancel)).Select(output => output.Text));
    }

    /// <summary>Everything that happened, for the message of a test that fails.</summary>
    public async Task<string> StoryAsync(Play play)
    {
        var lines = new List<string> { $"{play.State} {play.ErrorCode}: {play.ErrorMessage}" };
        foreach (var task in play.Tasks.Where(task => task.State is not StepState.Pending))
            lines.Add($"{task.Key} {task.State} changed={task.Changed} {(task.FinishedAt - task.StartedAt)?.TotalSeconds:0.00} s {task.Summary}{(task.State is StepState.Failure ? "\n" + await OutputAsync(play.Id, task.Key) : "")}");
        return string.Join('\n', lines);
    }

    /// <summary>Waits until the condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds = 180)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }

    public static void Done(Result result) => Assert.True(result.IsDone, $"{result.Error?.Code}: {result.Error?.Message} {result.Error?.Raw}");

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>How a bench's services are right now: asks the Agent, stores nothing.</summary>
public sealed class BenchStatus(IDbContextFactory<PortalDb> databases, AgentClient agents)
{
    /// <summary>The Agent gives a look 8 seconds.</summary>
    private static readonly TimeSpan NetworkLimit = TimeSpan.FromSeconds(10);

    /// <summary>The bench as it is on the server; a typed error within a few seconds when the Agent does not answer.</summary>
    public Task<Result<BenchInfo>> GetAsync(Actor actor, Guid benchId, CancellationToken cancel) =>
        AskAsync(actor, benchId, (server, bench) => agents.BenchAsync(server, bench, cancel), cancel);

    /// <summary>The variables that somebody has set for it, secrets without their values.</summary>
    public Task<Result<IReadOnlyList<BenchVariable>>> EnvironmentAsync(Actor actor, Guid benchId, CancellationToken cancel) =>
        AskAsync(actor, benchId, (server, bench) => agents.EnvironmentAsync(server, bench, cancel), cancel);

    /// <summary>What its own tools say of it; takes some seconds.</summary>
    public Task<Result<BenchDoctorReport>> DoctorAsync(Actor actor, Guid benchId, CancellationToken cancel) =>
        AskAsync(actor, benchId, (server, bench) => agents.DoctorAsync(server, bench, cancel), cancel);

    /// <summary>How the parts are that a visitor's request goes through.</summary>
    public Task<Result<BenchNetwork>> NetworkAsync(Actor actor, Guid benchId, CancellationToken cancel) => AskAsync(
        actor,
        benchId,
        async (server, bench) =>
        {
            try
            {
                return await agents.GetAsync(server, BenchPaths.ForNetwork(bench), BenchWorkJson.Default.BenchNetwork, NetworkLimit, cancel);
            }
            catch (AgentException exception) when (exception.Trouble is AgentTrouble.Missing)
            {
                throw new AgentException(
                    new Error("agent-outdated", $"The Agent of {server.Name} does not tell how the parts of this bench are.", "Upgrade it on the page of the server's settings."), exception.Trouble, exception);
            }
        },
        cancel);

    /// <summary>The log files that Frappe writes, of the bench and of its sites; as consoles, for those who may watch them.</summary>
    public Task<Result<IReadOnlyList<LogFile>>> LogFilesAsync(Actor actor, Guid benchId, CancellationToken cancel) =>
        AskAsync(actor, benchId, (server, bench) => agents.LogFilesAsync(server, bench, cancel), cancel, Capability.WatchConsoles);

    /// <summary>The end of one of them.</summary>
    /// <param name="site">The site whose it is; null for one of the bench.</param>
    /// <param name="bytes">How much of it, at most <see cref="LogText.MostBytes"/>.</param>
    public Task<Result<LogText>> LogTextAsync(Actor actor, Guid benchId, SiteName? site, LogName log, int bytes, CancellationToken cancel) =>
        AskAsync(actor, benchId, (server, bench) => agents.LogTextAsync(server, bench, site, log, bytes, cancel), cancel, Capability.WatchConsoles);

    private async Task<Result<T>> AskAsync<T>(Actor actor, Guid benchId, Func<Server, BenchName, Task<T>> ask, CancellationToken cancel, Capability needs = Capability.View)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(needs, bench) is { } refused)
            return refused;

        // The engine's answers name all sites of the bench.
        if (!actor.MaySeeAllOf(bench.Place))
            return new Error("forbidden", "You are let into a part of this bench only.", "Ask an owner or an admin of the team.");
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} does not run: it is {bench.State.ToString().ToLowerInvariant()}.");
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == bench.ServerId, cancel);
        try
        {
            return await ask(server, bench.Name);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}

using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>Whether a server is there, as the open feed tells, and what it looks like.</summary>
public sealed class ServerPresence(
    IDbContextFactory<PortalDb> databases, AgentClient agents, DispatchSignal dispatch, Notifier notifier, NotificationOptions options, TimeProvider time, ILogger<ServerPresence> logger)
{
    private static readonly TimeSpan FactsInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FactsRetry = TimeSpan.FromMinutes(1);

    /// <summary>The server that a follower follows: active, not answering or in maintenance, with an Agent; null when it is no longer one of these.</summary>
    public async Task<Server?> FindAsync(Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Followed(db).AsNoTracking().SingleOrDefaultAsync(server => server.Id == serverId, cancel);
    }

    /// <summary>All servers to follow.</summary>
    public async Task<IReadOnlyList<Guid>> AllAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Followed(db).Select(server => server.Id).ToListAsync(cancel);
    }

    /// <summary>The Agent speaks: the server is active, and jobs that wait for it go at once.</summary>
    public async Task HereAsync(Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.SingleAsync(each => each.Id == serverId, cancel);
        if (server.State is ServerState.Unreachable)
            server.Become(ServerState.Active, null);
        if (server.IsAwayTold)
            notifier.ServerBack(db, server, time.GetUtcNow() - (server.AwaySince ?? time.GetUtcNow()));
        (server.AwaySince, server.IsAwayTold) = (null, false);
        server.LastSeenAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        await db.Jobs
            .Where(job => job.ServerId == serverId && (job.State == RunState.Undelivered || job.State == RunState.DeliveryFailure) && job.NextDeliveryAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.NextDeliveryAt, (DateTimeOffset?)null), cancel);
        dispatch.Raise();
    }

    /// <summary>The Agent has been silent for too long; said again with every try that fails. People are told when it stays away.</summary>
    public async Task GoneAsync(Guid serverId, Error reason, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.SingleAsync(each => each.Id == serverId, cancel);
        if (server.State is not (ServerState.Active or ServerState.Unreachable))
            return;
        var isNews = server.State is not ServerState.Unreachable || server.StateReason != reason.Message;
        server.AwaySince ??= time.GetUtcNow();
        server.Become(ServerState.Unreachable, reason.Message);
        if (!server.IsAwayTold && time.GetUtcNow() - server.AwaySince >= options.ServerAwayAfter)
        {
            server.IsAwayTold = true;
            notifier.ServerUnreachable(db, server);
        }

        await db.SaveChangesAsync(cancel);
        if (isNews)
            logger.LogWarning("Server {Server} does not answer: {Code}", serverId, reason.Code);
    }

    /// <summary>Keeps the server's facts fresh while its feed is open.</summary>
    public async Task RefreshAsync(Guid serverId, CancellationToken cancel)
    {
        while (true)
        {
            var wait = FactsInterval;
            try
            {
                await StoreFactsAsync(serverId, cancel);
            }
            catch (AgentException exception)
            {
                logger.LogInformation("The facts of server {Server} could not be read: {Code}", serverId, exception.Error.Code);
                wait = FactsRetry;
            }

            await Task.Delay(wait, time, cancel);
        }
    }

    private async Task StoreFactsAsync(Guid serverId, CancellationToken cancel)
    {
        if (await FindAsync(serverId, cancel) is not { } server)
            return;
        var facts = await agents.ServerAsync(server, cancel);
        var version = await agents.VersionAsync(server, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stored = await db.Servers.SingleAsync(each => each.Id == serverId, cancel);
        stored.FactsJson = JsonSerializer.Serialize(facts, AgentJson.Default.ServerInfo);
        stored.AgentVersion = version.Version;
        stored.AgentProgram = version.Program;
        await db.SaveChangesAsync(cancel);
    }

    private static IQueryable<Server> Followed(PortalDb db) =>
        db.Servers.Where(server => (server.State == ServerState.Active || server.State == ServerState.Unreachable || server.State == ServerState.Maintenance) && server.AgentFingerprint != null);
}

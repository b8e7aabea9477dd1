using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>How busy servers are right now, for whoever looks: one call to a server every few seconds, however many people watch it, and none while nobody does. Stores nothing.</summary>
public sealed class ServerLoads(IDbContextFactory<PortalDb> databases, AgentClient agents, TimeProvider time)
{
    /// <summary>How often it makes sense to ask: the Agent takes a sample as often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A little less, so that a viewer who comes back after the interval never gets the answer that it has.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, (DateTimeOffset BegunAt, Task<Result<ServerLoad>> Answer)> readings = [];

    /// <summary>The last minutes of the server; a typed error within a few seconds when its Agent does not answer.</summary>
    public async Task<Result<ServerLoad>> ReadAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (server is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.View, server) is { } refused)
            return refused;
        if (server.AgentFingerprint is null)
            return new Error("server-without-agent", $"The server {server.Name} has no Agent.", "Set the server up first.");

        // Shared: it goes on for the others when one of those who wait leaves.
        return await Share(server).WaitAsync(cancel);
    }

    private Task<Result<ServerLoad>> Share(Server server)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (readings.TryGetValue(server.Id, out var reading) && (!reading.Answer.IsCompleted || now - reading.BegunAt < Fresh))
                return reading.Answer;
            var answer = AskAsync(server);
            readings[server.Id] = (now, answer);
            return answer;
        }
    }

    private async Task<Result<ServerLoad>> AskAsync(Server server)
    {
        try
        {
            return await agents.GetAsync(server, UpkeepRoutes.Load, UpkeepJson.Default.ServerLoad, Limit, CancellationToken.None);
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Missing)
        {
            return new Error("agent-outdated", $"The Agent of {server.Name} is too old to tell how busy the server is.", "Upgrade it on the page of the server's settings.");
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}

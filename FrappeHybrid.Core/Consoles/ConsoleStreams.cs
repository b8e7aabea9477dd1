using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>All open consoles: one stream from the server for a container, however many people watch.</summary>
public sealed class ConsoleStreams(IDbContextFactory<PortalDb> databases, AgentClient agents, TimeProvider time, ILogger<ConsoleStreams> logger) : IDisposable
{
    /// <summary>How long the stream goes on without viewers: a reload of the page finds it still there.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid BenchId, BenchService Service), ConsoleStream> streams = [];

    /// <summary>Streams from servers that are open now.</summary>
    public int OpenStreams
    {
        get
        {
            lock (gate)
                return streams.Count;
        }
    }

    /// <summary>Joins the console of a bench's service. Whoever may not watch it gets an error here and never a line.</summary>
    public async Task<Result<ConsoleSubscription>> OpenAsync(Actor actor, Guid benchId, BenchService service, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.WatchConsoles, bench) is { } refused)
            return refused;
        if (!Enum.IsDefined(service))
            return Error.NotFound;
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} does not run: it is {bench.State.ToString().ToLowerInvariant()}.");
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == bench.ServerId, cancel);

        var key = (benchId, service);
        lock (gate)
        {
            if (!streams.TryGetValue(key, out var stream))
            {
                stream = new ConsoleStream(server, bench.Name, service, agents, time, logger);
                streams.Add(key, stream);
                stream.Start();
            }

            stream.Viewers++;
            stream.Visits++;
            return new ConsoleSubscription(stream.Buffer, time, () => Leave(key, stream));
        }
    }

    /// <summary>Why the actor may not watch the bench, or not any more; null when it may.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        return bench is null ? Error.NotFound : actor.Refuse(Capability.WatchConsoles, bench);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var stream in streams.Values)
                stream.Dispose();
            streams.Clear();
        }
    }

    private void Leave((Guid BenchId, BenchService Service) key, ConsoleStream stream)
    {
        long visits;
        lock (gate)
        {
            if (--stream.Viewers > 0)
                return;
            visits = stream.Visits;
        }

        _ = EndLaterAsync(key, stream, visits);
    }

    private async Task EndLaterAsync((Guid BenchId, BenchService Service) key, ConsoleStream stream, long visits)
    {
        await Task.Delay(Linger, time);
        lock (gate)
        {
            // Somebody came in between: whoever leaves last plans the end anew.
            if (stream.Visits != visits || !streams.TryGetValue(key, out var current) || current != stream)
                return;
            streams.Remove(key);
            stream.Dispose();
        }
    }
}

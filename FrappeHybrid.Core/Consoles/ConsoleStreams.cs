using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>All open consoles: one stream from the server for a source, however many people watch.</summary>
public sealed class ConsoleStreams(ConsoleAccess access, AgentClient agents, TimeProvider time, ILogger<ConsoleStreams> logger) : IDisposable
{
    /// <summary>How long the stream goes on without viewers: a reload of the page finds it still there.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid ServerId, ConsoleSource Source), ConsoleFeed> feeds = [];

    /// <summary>Streams from servers that are open now.</summary>
    public int OpenStreams
    {
        get
        {
            lock (gate)
                return feeds.Values.Count(feed => feed is SourceFeed);
        }
    }

    /// <summary>Joins a console. Whoever may not watch it gets an error here and never a line.</summary>
    /// <param name="actor">Who watches.</param>
    /// <param name="serverId">On which server.</param>
    /// <param name="source">What.</param>
    /// <param name="position">Where the viewer was when its connection broke; null for one that comes anew.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<ConsoleSubscription>> OpenAsync(Actor actor, Guid serverId, ConsoleSource source, ConsolePosition? position, CancellationToken cancel)
    {
        var found = await access.FindAsync(actor, serverId, source, cancel);
        return found.IsDone ? Join(found.Value, source, position) : found.Error;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var feed in feeds.Values)
                feed.Dispose();
            feeds.Clear();
        }
    }

    private ConsoleSubscription Join(Server server, ConsoleSource source, ConsolePosition? position)
    {
        var key = (server.Id, source);
        lock (gate)
        {
            if (!feeds.TryGetValue(key, out var feed))
            {
                feed = source.Kind is ConsoleSourceKind.Bench
                    ? new BenchFeed(source, () => [.. BenchServices.All.Select(service => (service, Join(server, ConsoleSource.OfService(source.Bench!, service), null)))], time, logger)
                    : new SourceFeed(server, source, agents, time, logger);
                feeds.Add(key, feed);
                feed.Start();
            }

            feed.Viewers++;
            feed.Visits++;
            return new ConsoleSubscription(feed.Buffer, position, time, () => Leave(key, feed));
        }
    }

    private void Leave((Guid ServerId, ConsoleSource Source) key, ConsoleFeed feed)
    {
        long visits;
        lock (gate)
        {
            if (--feed.Viewers > 0)
                return;
            visits = feed.Visits;
        }

        _ = EndLaterAsync(key, feed, visits);
    }

    private async Task EndLaterAsync((Guid ServerId, ConsoleSource Source) key, ConsoleFeed feed, long visits)
    {
        await Task.Delay(Linger, time);
        lock (gate)
        {
            // Somebody came in between: whoever leaves last plans the end anew.
            if (feed.Visits != visits || !feeds.TryGetValue(key, out var current) || current != feed)
                return;
            feeds.Remove(key);
            feed.Dispose();
        }
    }
}

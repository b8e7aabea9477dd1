using System.Threading.Channels;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Servers;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>Follows one server's feed for as long as the server is to be followed: connects, catches up, stays, and begins again after any break.</summary>
internal sealed class FeedFollower(Guid serverId, AgentClient agents, FeedApplier applier, FeedReconciler reconciler, ServerPresence presence, TimeProvider time, ILogger logger)
{
    /// <summary>So long without a line, and the server counts as not answering.</summary>
    public static readonly TimeSpan UnreachableAfter = TimeSpan.FromSeconds(60);

    private const int BatchSize = 500;

    // The first event of a burst is stored at once; those that follow within this time go together.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(15));
    private DateTimeOffset lastHeard = time.GetUtcNow();
    private FeedGapException? lastGap;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (await presence.FindAsync(serverId, cancel) is { } server)
        {
            var reason = await SessionAsync(server, cancel);
            if (reason is null)
                continue; // a new epoch: at once from its beginning
            if (time.GetUtcNow() - lastHeard >= UnreachableAfter)
                await presence.GoneAsync(serverId, reason, cancel);
            await Task.Delay(backoff.Next(), time, cancel);
        }
    }

    // Why the connection ended; null to connect again without waiting.
    private async Task<Error?> SessionAsync(Server server, CancellationToken cancel)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var events = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(2 * BatchSize) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(server, events.Writer, session.Token);
        var refreshing = Task.CompletedTask;
        try
        {
            if (!await events.Reader.WaitToReadAsync(cancel))
                return Ended(server);
            if (!events.Reader.TryRead(out var hello) || hello is not { Kind: FeedEventKind.Hello, Epoch: { } epoch })
                return new Error("feed-without-hello", $"The Agent of {server.Name} began its feed in a way that this portal does not know.", "Portal and Agent may have different versions: run the set-up of the server again.");

            if (server.FeedEpoch != epoch)
            {
                await reconciler.RunAsync(server, epoch, 0, cancel);
                if (server.FeedNumber != 0)
                    return null;
            }

            await presence.HereAsync(serverId, cancel);
            backoff.Reset();
            refreshing = presence.RefreshAsync(serverId, session.Token);
            return await ApplyAllAsync(server, epoch, events.Reader, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "Following server {Server} failed", serverId);
            return new Error("feed-fault", "The portal could not store what the server told.", "The portal tries again by itself; its log says more.");
        }
        finally
        {
            await session.CancelAsync();
            await Task.WhenAll(reading, refreshing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(Server server, ChannelWriter<FeedEvent> writer, CancellationToken cancel)
    {
        try
        {
            await foreach (var told in agents.FeedAsync(server, server.FeedNumber, server.FeedEpoch, cancel))
            {
                lastHeard = time.GetUtcNow();
                await writer.WriteAsync(told, cancel);
            }

            writer.Complete();
        }
        catch (Exception exception)
        {
            writer.Complete(exception);
        }
    }

    private async Task<Error?> ApplyAllAsync(Server server, Guid epoch, ChannelReader<FeedEvent> events, CancellationToken cancel)
    {
        var batch = new List<FeedEvent>(BatchSize);
        while (await events.WaitToReadAsync(cancel))
        {
            batch.Clear();
            while (batch.Count < BatchSize && events.TryRead(out var told))
                batch.Add(told);
            try
            {
                if (!await applier.ApplyAsync(serverId, epoch, batch, cancel))
                    return null;
            }
            catch (FeedGapException gap)
            {
                return await BridgeAsync(server, epoch, gap, cancel);
            }

            lastGap = null;
            if (batch.Exists(told => told.Number > 0))
                await Task.Delay(Gather, time, cancel);
        }

        return Ended(server);
    }

    // A gap can be a hiccup of the connection: look again. The same gap twice means that the Agent no longer has those events, so that only asking helps.
    private async Task<Error?> BridgeAsync(Server server, Guid epoch, FeedGapException gap, CancellationToken cancel)
    {
        logger.LogWarning("Server {Server}: {Gap}", serverId, gap.Message);
        if (lastGap is { } before && before.Expected == gap.Expected && before.Got == gap.Got)
        {
            await reconciler.RunAsync(server, epoch, gap.Got - 1, cancel);
            lastGap = null;
            return null;
        }

        lastGap = gap;
        return new Error("feed-gap", $"The feed of {server.Name} left something out.", "The portal connects again by itself.");
    }

    private static Error Ended(Server server) => new("feed-ended", $"The Agent of {server.Name} ended the connection.", "The portal connects again by itself.");
}

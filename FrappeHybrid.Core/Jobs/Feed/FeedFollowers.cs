using System.Threading.Channels;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>One follower for every server that is to be followed; started and stopped as servers come and go.</summary>
public sealed class FeedFollowers(
    AgentClient agents,
    FeedApplier applier,
    FeedReconciler reconciler,
    ServerPresence presence,
    LiveChanges live,
    TimeProvider time,
    ILogger<FeedFollowers> logger)
{
    // A change that nobody told us of (a statement past the context) is seen at the latest after this.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(30);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var followers = new Dictionary<Guid, Follower>();
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity == nameof(Server))
                changed.Writer.TryWrite(true);
        });
        try
        {
            while (true)
            {
                try
                {
                    await MatchAsync(followers, cancel);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.LogError(exception, "The servers to follow could not be read");
                }

                await WaitAsync(changed.Reader, cancel);
            }
        }
        finally
        {
            await Task.WhenAll(followers.Values.Select(follower => follower.StopAsync())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MatchAsync(Dictionary<Guid, Follower> followers, CancellationToken cancel)
    {
        var wanted = await presence.AllAsync(cancel);
        foreach (var (serverId, follower) in followers.Where(each => !wanted.Contains(each.Key) || each.Value.Work.IsCompleted).ToList())
        {
            await follower.StopAsync();
            followers.Remove(serverId);
        }

        foreach (var serverId in wanted.Where(serverId => !followers.ContainsKey(serverId)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            followers.Add(serverId, new Follower(FollowAsync(serverId, stop.Token), stop));
        }
    }

    private async Task FollowAsync(Guid serverId, CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            await new FeedFollower(serverId, agents, applier, reconciler, presence, time, logger).RunAsync(cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The follower of server {Server} ended; it is started again", serverId);
        }
    }

    private async Task WaitAsync(ChannelReader<bool> changed, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(LookAnyway, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await changed.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // the time is up
        }
    }

    private sealed record Follower(Task Work, CancellationTokenSource Stop)
    {
        public async Task StopAsync()
        {
            await Stop.CancelAsync();
            await Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Stop.Dispose();
        }
    }
}

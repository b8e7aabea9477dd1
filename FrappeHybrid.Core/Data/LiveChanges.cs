using System.Collections.Concurrent;

namespace FrappeHybrid.Core.Data;

/// <summary>Tells pages what has just been stored, so that everything live arrives by push. In-process: the portal is one process.</summary>
public sealed class LiveChanges
{
    private readonly ConcurrentDictionary<long, Action<LiveChange>> subscribers = new();
    private long lastSubscriber;

    /// <summary>Calls back on the publisher's thread until disposed; the callback must be quick and must not throw.</summary>
    public IDisposable Subscribe(Action<LiveChange> callback)
    {
        var key = Interlocked.Increment(ref lastSubscriber);
        subscribers[key] = callback;
        return new Subscription(() => subscribers.TryRemove(key, out _));
    }

    /// <summary>Tells everybody. Called after the commit, never before.</summary>
    public void Publish(LiveChange change)
    {
        foreach (var callback in subscribers.Values)
            callback(change);
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}

using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Sites;

/// <summary>Keeps the facts of all sites from growing old: every ten minutes, and soon after something about a site has changed.</summary>
public sealed class SiteFactsWatch(SiteFactsReader reader, LiveChanges changes, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var changed = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
        using var subscription = changes.Subscribe(change =>
        {
            if (change.Entity == nameof(Site))
                changed.Writer.TryWrite(change.Id);
        });
        while (true)
        {
            await reader.RefreshAllAsync(cancel);
            using var interval = new CancellationTokenSource(Interval, time);
            using var any = CancellationTokenSource.CreateLinkedTokenSource(cancel, interval.Token);
            try
            {
                while (true)
                {
                    var sites = new HashSet<Guid> { await changed.Reader.ReadAsync(any.Token) };
                    await Task.Delay(Settling, time, any.Token);
                    while (changed.Reader.TryRead(out var site))
                        sites.Add(site);
                    foreach (var site in sites)
                        await reader.RefreshAsync(site, fresh: false, cancel);
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Time for all of them.
            }
        }
    }
}

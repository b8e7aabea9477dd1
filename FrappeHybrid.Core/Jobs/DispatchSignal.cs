using System.Threading.Channels;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Wakes the dispatcher when an act has written a job, so that nothing polls. Raising it twice before it is seen is the same as once.</summary>
public sealed class DispatchSignal
{
    private readonly Channel<bool> raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to send.</summary>
    public void Raise() => raised.Writer.TryWrite(true);

    /// <summary>Waits until it was raised since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancel) => await raised.Reader.ReadAsync(cancel);
}

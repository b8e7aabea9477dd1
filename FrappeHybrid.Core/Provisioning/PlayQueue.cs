using System.Threading.Channels;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>The bell that tells the <see cref="PlayRunner"/> that there is a play to run. What there is to run stands in the database, so nothing is lost with a killed portal.</summary>
public sealed class PlayQueue
{
    // One waiting ring is enough: whoever wakes looks at everything that is due.
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Rings.</summary>
    public void Wake() => bell.Writer.TryWrite(true);

    /// <summary>Waits for the next ring.</summary>
    public async Task WaitAsync(CancellationToken cancel) => await bell.Reader.ReadAsync(cancel);
}

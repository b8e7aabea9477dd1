using System.Threading.Channels;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Pre-flights that wait for the <see cref="PreflightRunner"/>. In memory: what is lost with a killed portal is seen in the unfinished report and asked for again at its start.</summary>
public sealed class PreflightQueue
{
    private readonly Channel<PreflightRequest> requests = Channel.CreateUnbounded<PreflightRequest>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Asks for one.</summary>
    public void Add(PreflightRequest request) => requests.Writer.TryWrite(request);

    /// <summary>All that come, for ever.</summary>
    public IAsyncEnumerable<PreflightRequest> ReadAllAsync(CancellationToken cancel) => requests.Reader.ReadAllAsync(cancel);
}

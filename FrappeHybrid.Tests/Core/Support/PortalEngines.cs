using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>What works in a portal beside its pages, as far as jobs go: sends them, and follows what becomes of them.</summary>
internal sealed class PortalEngines(TestCore core) : IAsyncDisposable
{
    private readonly Running dispatcher = new(core.Get<JobDispatcher>().RunAsync);
    private readonly Running followers = new(core.Get<FeedFollowers>().RunAsync);

    public async ValueTask DisposeAsync()
    {
        await dispatcher.DisposeAsync();
        await followers.DisposeAsync();
    }
}

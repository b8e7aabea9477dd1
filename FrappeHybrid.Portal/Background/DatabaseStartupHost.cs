using FrappeHybrid.Core.Releases;

namespace FrappeHybrid.Portal.Background;

/// <summary>
/// Brings the database up before anything else runs: hosted services start one after the other in the order of their registration and the web server last,
/// so that nothing sees an old schema. When it fails, the portal does not start and says why.
/// </summary>
internal sealed class DatabaseStartupHost(DatabaseStartup startup, SeedReleases releases) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await startup.RunAsync(cancellationToken);
        await releases.RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

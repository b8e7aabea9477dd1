using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>Ends the shells that an Agent that was killed has left behind: nobody can reach them any more.</summary>
internal sealed class LeftTerminals(BenchCatalog catalog, ContainerProcesses processes) : IHostedService
{
    // Before the Agent listens: a shell that is opened afterwards is nobody's that was left.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in catalog.Folders())
            await processes.HangUpAsync(folder.Bench, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

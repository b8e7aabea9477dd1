using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>The bench that work on a site needs: there, and all of its services at work.</summary>
internal sealed class RunningBench(BenchCatalog catalog, DockerEngine engine, TimeProvider time)
{
    /// <summary>How long a service may be down that is only being started again, by the frontend's keeper for instance.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Its record, or the failure that says what does not run.</summary>
    public async Task<BenchRecord> RequireAsync(BenchName bench, CancellationToken cancel)
    {
        var record = catalog.Folder(bench).Read()
            ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {bench} on this server.", "Create the bench first.");
        var started = time.GetTimestamp();
        foreach (var service in BenchServices.All)
        {
            ContainerDetails? container;
            while ((container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, service), cancel)) is { State.Running: false } && time.GetElapsedTime(started) < Patience)
                await Task.Delay(Look, time, cancel);

            if (container is not { State.Running: true })
            {
                throw new JobFailedException(
                    JobErrorCodes.ServiceStopped, $"{service.Name()} of bench {bench} is {container?.State.Status ?? "missing"}.", "Start the bench, and look at that service's output.");
            }
        }

        return record;
    }
}

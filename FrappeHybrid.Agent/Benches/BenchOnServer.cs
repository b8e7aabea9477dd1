using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>A bench that is there: its folder and what its record says.</summary>
internal sealed record BenchOnServer(BenchFolder Folder, BenchRecord Record)
{
    /// <summary>The bench, or the failure that tells what is not there.</summary>
    public static BenchOnServer Require(BenchCatalog catalog, BenchName bench)
    {
        var folder = catalog.Folder(bench);
        return new BenchOnServer(
            folder,
            folder.Read() ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {bench} on this server.", "Look at the server's benches."));
    }

    /// <summary>The container of a service, or the failure that names it.</summary>
    public async Task<ContainerDetails> RequireAsync(DockerEngine engine, BenchService service, CancellationToken cancel) =>
        await engine.FindContainerAsync(BenchContainers.NameOf(Folder.Bench, service), cancel)
        ?? throw new JobFailedException(
            JobErrorCodes.ServiceStopped, $"The container of {service.Name()} is gone.", "Somebody has taken it away by hand; change the bench's workers once, which makes its containers anew.");
}

using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Makes containers of a bench anew from its record: what a running container cannot be given (its command, its environment) it gets so.</summary>
internal sealed class BenchRecreation(DockerEngine engine, AgentOptions options, TimeProvider time)
{
    /// <summary>
    /// Replaces them one after the other, the backend late because its change is what visitors notice. The frontend is started again at the end: its nginx
    /// looks up the others once.
    /// </summary>
    public async Task ReplaceAsync(BenchFolder folder, BenchRecord record, IReadOnlyCollection<BenchService> services, Action<string> tell, CancellationToken cancel)
    {
        var containers = new BenchContainers(engine, options, folder);
        var gateway = await NewBenchJob.GatewayAsync(engine, folder.Bench, cancel);
        foreach (var service in BenchContainers.StartOrder.Where(services.Contains).OrderBy(service => service == BenchService.Backend))
        {
            var started = time.GetTimestamp();
            var name = BenchContainers.NameOf(folder.Bench, service);
            if (await engine.FindContainerAsync(name, cancel) is { State.Running: true })
                await engine.StopAsync(name, BenchContainers.FarewellSeconds(service), cancel);

            await engine.RemoveContainerAsync(name, cancel);
            await containers.StartAsync(record, service, gateway, cancel);
            tell(string.Create(CultureInfo.InvariantCulture, $"{service.Name()} was made anew in {time.GetElapsedTime(started).TotalSeconds:0.0} s"));
        }

        if (services.Contains(BenchService.Backend) || services.Contains(BenchService.Websocket))
            await engine.RestartAsync(BenchContainers.NameOf(folder.Bench, BenchService.Frontend), BenchContainers.FarewellSeconds(BenchService.Frontend), cancel);
    }
}

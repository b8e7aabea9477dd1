using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>What the engine says of a bench's containers now.</summary>
internal sealed class BenchServicesLook(DockerEngine engine)
{
    public async Task<IReadOnlyList<ServiceInfo>> ReadAsync(BenchName bench, CancellationToken cancel) => await Task.WhenAll(BenchServices.All.Select(async service =>
    {
        var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, service), cancel);
        if (container is null)
            return new ServiceInfo(service, "missing", StartedAt: null, RestartCount: 0, ExitCode: null, MemoryLimitMegabytes: null);

        var limit = container.HostConfig is { Memory: > 0 } host ? (int?)(host.Memory >> 20) : null;
        var processors = container.HostConfig is { NanoCpus: > 0 } limited ? (double?)(limited.NanoCpus / 1e9) : null;
        var exitCode = container.State.Running ? (int?)null : container.State.ExitCode;
        return new ServiceInfo(service, container.State.Status, Started(container.State.StartedAt), container.RestartCount, exitCode, limit, processors);
    }));

    /// <summary>The engine says year 1 of a container that was never started.</summary>
    private static DateTimeOffset? Started(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1 ? at : null;
}

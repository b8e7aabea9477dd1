using System.ComponentModel;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Portal.Api;

/// <summary>A bench as programs see it.</summary>
internal sealed record BenchModel(
    Guid Id,
    Guid TeamId,
    Guid ServerId,
    string ServerName,
    string Name,
    BenchState State,
    string? StateReason,
    string Release,
    [property: Description("The version of Frappe in it.")] string Version,
    string Image,
    IReadOnlyList<string> Apps,
    DateTimeOffset CreatedAt,
    int Sites,
    Guid? LastJobId)
{
    public static BenchModel Of(BenchView bench) => new(
        bench.Id, bench.TeamId, bench.ServerId, bench.ServerName, bench.Name, bench.State, bench.StateReason, bench.ReleaseName, bench.ReleaseVersion, bench.Image, bench.Apps, bench.CreatedAt, bench.Sites,
        bench.LastJobId);
}

internal sealed record NewBenchBody(Guid ServerId, [property: Description("Lower-case letters, digits and hyphens.")] string Name, [property: Description("One of the releases that are offered.")] Guid ReleaseId);

internal sealed record RestartBody([property: Description("Which services; all of them without it.")] IReadOnlyList<BenchService>? Services = null);

internal sealed record LimitsBody(
    [property: Description("Memory of backend in MiB; at least 256.")] int BackendMegabytes,
    [property: Description("Memory of each worker and the scheduler in MiB; at least 128.")] int WorkerMegabytes,
    [property: Description("Memory of each small service in MiB; at least 64.")] int SmallServiceMegabytes,
    [property: Description("Processors that backend may use at once; all of them without it.")] double? BackendProcessors = null,
    double? WorkerProcessors = null,
    double? SmallServiceProcessors = null)
{
    public BenchLimits ToLimits() => new(BackendMegabytes, WorkerMegabytes, SmallServiceMegabytes, BackendProcessors, WorkerProcessors, SmallServiceProcessors);
}

internal sealed record WorkersBody(
    [property: Description("Processes that answer web requests, 1 to 36.")] int GunicornWorkers,
    [property: Description("Requests that each answers at once, 1 to 16.")] int GunicornThreads,
    [property: Description("Workers of the queues short and default, 1 to 16.")] int ShortWorkers,
    [property: Description("Workers of the queues long, default and short, 1 to 16.")] int LongWorkers)
{
    public BenchWorkers ToWorkers() => new(GunicornWorkers, GunicornThreads, ShortWorkers, LongWorkers);
}

internal sealed record VariableBody(string Value);

internal sealed record BenchUpdateBody(
    [property: Description("A bench of the same server with a newer release. Either this, or releaseId with benchName.")] Guid? TargetBenchId = null,
    [property: Description("A newer release, for which a new bench is made.")] Guid? ReleaseId = null,
    [property: Description("Name of that new bench.")] string? BenchName = null,
    bool SkipFailingPatches = false);

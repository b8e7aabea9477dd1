namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`GET /benches/{bench}/doctor`: how a bench is, as its own tools say it; looked at anew at most every 10 seconds.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Services">The eight containers.</param>
/// <param name="Workers">How many processes it should have.</param>
/// <param name="WorkersOnline">Workers that redis-queue knows; null when it does not answer.</param>
/// <param name="Queues">What waits in redis-queue.</param>
/// <param name="Sites">Each site's scheduler, as `bench doctor` tells it.</param>
/// <param name="Apps">Versions in the image, as `bench version` tells them; empty until they are known.</param>
/// <param name="Problem">Why `bench doctor` did not work; null when it did. The end of what it said, secrets taken out.</param>
/// <param name="Outputs">The last output of services that do not run.</param>
public sealed record BenchDoctorReport(
    DateTimeOffset At,
    IReadOnlyList<ServiceInfo> Services,
    BenchWorkers Workers,
    int? WorkersOnline,
    IReadOnlyList<QueueDepth> Queues,
    IReadOnlyList<SiteScheduler> Sites,
    IReadOnlyList<BenchAppVersion> Apps,
    string? Problem,
    IReadOnlyList<ServiceOutput> Outputs);

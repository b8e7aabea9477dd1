using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`GET /benches/{bench}`: a bench as it is on the server now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">What it runs.</param>
/// <param name="FrontendPort">Its port on the server's 127.0.0.1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Apps">Apps of the image.</param>
/// <param name="Services">The eight containers.</param>
/// <param name="Sites">Names of its sites.</param>
public sealed record BenchInfo(
    BenchName Name,
    ImageReference Image,
    int FrontendPort,
    DateTimeOffset CreatedAt,
    IReadOnlyList<AppName> Apps,
    IReadOnlyList<ServiceInfo> Services,
    IReadOnlyList<SiteName> Sites);

/// <summary>One container of a bench.</summary>
/// <param name="Service">Which of the eight.</param>
/// <param name="State">The engine's word: "running", "exited", "restarting", ...; "missing" when there is no container.</param>
/// <param name="StartedAt">When it was last started.</param>
/// <param name="RestartCount">How often the engine restarted it.</param>
/// <param name="ExitCode">When it is not running.</param>
/// <param name="MemoryLimitMegabytes">In MiB; null for none.</param>
public sealed record ServiceInfo(BenchService Service, string State, DateTimeOffset? StartedAt, int RestartCount, int? ExitCode, int? MemoryLimitMegabytes);

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
/// <param name="Limits">What its containers get; null from an Agent that does not tell.</param>
/// <param name="Workers">How many processes serve it; null from an Agent that does not tell.</param>
public sealed record BenchInfo(
    BenchName Name,
    ImageReference Image,
    int FrontendPort,
    DateTimeOffset CreatedAt,
    IReadOnlyList<AppName> Apps,
    IReadOnlyList<ServiceInfo> Services,
    IReadOnlyList<SiteName> Sites,
    BenchLimits? Limits = null,
    BenchWorkers? Workers = null);

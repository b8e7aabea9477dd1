using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Result of "New Bench".</summary>
/// <param name="FrontendPort">Where the frontend listens on the server's 127.0.0.1: 18000 + offset.</param>
/// <param name="ImageDigest">Digest of the image that runs, "sha256:..."; null when the registry gave none.</param>
/// <param name="Apps">What the image holds, from its apps folder.</param>
public sealed record NewBenchResult(int FrontendPort, string? ImageDigest, IReadOnlyList<AppName> Apps);

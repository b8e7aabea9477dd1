using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Result of "Pull Image".</summary>
/// <param name="Image">What was pulled.</param>
/// <param name="Digest">What the tag means in the registry, "sha256:..."; null when the registry gave none.</param>
/// <param name="Bytes">Size on the server's disk, unpacked.</param>
/// <param name="Apps">What its apps folder holds.</param>
public sealed record PullImageResult(ImageReference Image, string? Digest, long Bytes, IReadOnlyList<AppName> Apps);

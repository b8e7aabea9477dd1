using FrappeHybrid.Core.Keys;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>A backup that was examined and is whole.</summary>
/// <param name="Manifest">What it holds.</param>
/// <param name="Key">The key that opens it; null when there was none to try, and then nobody knows whether it opens.</param>
public sealed record PortalBackupVerdict(PortalBackupManifest Manifest, PortalKey? Key);

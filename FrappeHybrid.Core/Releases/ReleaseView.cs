namespace FrappeHybrid.Core.Releases;

/// <summary>A release as the operator's catalogue shows it.</summary>
/// <param name="Digest">What its tag means in the registry, as last seen; null until somebody has seen it.</param>
/// <param name="DigestSeenAt">When that was.</param>
/// <param name="IsEnabled">Offered for new benches.</param>
/// <param name="IsConfigured">Written in the configuration, which decides about it at every start.</param>
/// <param name="Benches">How many benches run it, archived ones not.</param>
/// <param name="IsUnused">Nothing in the portal refers to it: it may be deleted.</param>
public sealed record ReleaseView(
    Guid Id, string Name, string Version, string Image, IReadOnlyList<string> Apps, string? Digest, DateTimeOffset? DigestSeenAt, bool IsEnabled, bool IsConfigured, int Benches, bool IsUnused);

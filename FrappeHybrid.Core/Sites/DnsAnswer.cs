namespace FrappeHybrid.Core.Sites;

/// <summary>What DNS says of a name.</summary>
/// <param name="Addresses">A and AAAA, as text.</param>
/// <param name="CanonicalName">Where a CNAME leads; null when the name has addresses of its own.</param>
public sealed record DnsAnswer(IReadOnlyList<string> Addresses, string? CanonicalName);

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Sites;

/// <summary>A domain as DNS has it, beside what it should say.</summary>
/// <param name="Name">The domain.</param>
/// <param name="Verdict">Where its visitors get to.</param>
/// <param name="Found">A and AAAA records.</param>
/// <param name="CanonicalName">Where a CNAME leads.</param>
/// <param name="Expected">Addresses of the site's server.</param>
/// <param name="At">When it was looked up.</param>
public sealed record DomainCheck(DomainName Name, DomainVerdict Verdict, IReadOnlyList<string> Found, string? CanonicalName, IReadOnlyList<string> Expected, DateTimeOffset At);

namespace FrappeHybrid.Core.Accounts;

/// <summary>A session that is good now, with its ticket opened.</summary>
public sealed record OpenSession(Guid Id, byte[] Ticket, DateTimeOffset ExpiresAt);

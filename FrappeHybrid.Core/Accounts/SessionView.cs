namespace FrappeHybrid.Core.Accounts;

/// <summary>A session as its owner sees it.</summary>
public sealed record SessionView(Guid Id, string Browser, string? Address, SignInMethod Method, bool IsRemembered, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

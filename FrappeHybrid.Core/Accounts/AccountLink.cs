namespace FrappeHybrid.Core.Accounts;

/// <summary>A link in a letter to a user. It works once; only the hash of its token is stored.</summary>
public sealed class AccountLink
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required AccountLinkPurpose Purpose { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string TokenHash { get; init; }

    /// <summary>For <see cref="AccountLinkPurpose.ChangeEmail"/>: the address that is to be the user's.</summary>
    public string? NewEmail { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

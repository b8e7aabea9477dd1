namespace FrappeHybrid.Core.Accounts;

/// <summary>A code for whoever has lost the authenticator app. It works once.</summary>
public sealed class RecoveryCode
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the code, hex; the code has 80 random bits.</summary>
    public required string CodeHash { get; init; }
}

namespace FrappeHybrid.Core.Teams;

/// <summary>A sign-in that works once, e.g. for an operator who has forgotten the password. Holds only a hash, so that whoever reads the file cannot sign in.</summary>
public sealed class SignInLink
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string TokenHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

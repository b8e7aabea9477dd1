using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Tokens;

/// <summary>
/// Lets a program act in a user's name. What it may do is what the user may do at that moment, and of that only what the token says. Holds no value, only its hash:
/// whoever reads the portal's file cannot use it.
/// </summary>
public sealed class ApiToken : ITeamOwned
{
    /// <summary>The most days that a token lives.</summary>
    public const int LongestDays = 365;

    public required Guid Id { get; init; }

    /// <summary>In whose name it acts.</summary>
    public required Guid UserId { get; init; }

    /// <summary>That user's name when it was made.</summary>
    public required string UserName { get; init; }

    /// <summary>The team in which it works; empty for a token of staff that works in the whole portal.</summary>
    public required Guid TeamId { get; init; }

    /// <summary>The server's, bench's or site's id; the team's own for all of it; empty for the whole portal.</summary>
    public required Guid ThingId { get; init; }

    /// <summary>What that was called when the token was made.</summary>
    public required string ThingName { get; init; }

    /// <summary>What its owner calls it, 1 to 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the value, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>How the value begins, so that a person finds it again: "fh_1a2b3c4d".</summary>
    public required string Prefix { get; init; }

    /// <summary>Names of the capabilities, with commas between.</summary>
    public required string Rights { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it does not work.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used last, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From which address that was.</summary>
    public string? LastUsedFrom { get; set; }

    /// <summary>When somebody took it back; null while nobody has.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Who did.</summary>
    public string? RevokedBy { get; private set; }

    /// <inheritdoc/>
    public Place Place => new(TeamId);

    /// <summary>What it leaves of the user's rights. A capability that this portal does not know any more is none.</summary>
    public IReadOnlySet<Capability> Capabilities =>
        Rights.Split(',').Select(name => Enum.TryParse<Capability>(name, out var capability) ? (Capability?)capability : null).OfType<Capability>().ToHashSet();

    /// <summary>Whether it works now, as far as it alone decides that.</summary>
    public bool IsOpen(DateTimeOffset now) => RevokedAt is null && ExpiresAt > now;

    /// <summary>Takes it back; the first who does counts.</summary>
    public void Revoke(string by, DateTimeOffset now) => (RevokedAt, RevokedBy) = (RevokedAt ?? now, RevokedBy ?? by);
}

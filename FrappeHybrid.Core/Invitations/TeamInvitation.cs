using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Somebody is asked into a team by e-mail. The row is the open invitation: it goes when it is accepted, declined or withdrawn.</summary>
public sealed class TeamInvitation : ITeamOwned
{
    /// <summary>How long its link works.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <summary>To whom, as it was typed.</summary>
    public required string Email { get; init; }

    /// <summary>The address as Identity compares it.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>What the person becomes.</summary>
    public required TeamRole Role { get; init; }

    /// <summary>Servers, benches and sites to which the person is limited; empty for the whole team.</summary>
    public List<Guid> LimitedTo { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SHA-256 of the token in the link, hex. Whoever reads the file cannot accept.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>When the link was made that works now.</summary>
    public DateTimeOffset SentAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Who made that link: the invitation is worth what that person's rights are worth.</summary>
    public Guid InvitedBy { get; private set; }

    /// <summary>The name of that person at that time.</summary>
    public string InvitedByName { get; private set; } = "";

    /// <inheritdoc/>
    public Place Place => new(TeamId);

    /// <summary>What the inviter must be allowed to do in the team.</summary>
    public Capability Asks => AskedFor(Role);

    /// <summary>What somebody must be allowed to do in the team who invites with that role.</summary>
    public static Capability AskedFor(TeamRole role) => role is TeamRole.Owner ? Capability.OwnTeam : Capability.ManageMembers;

    /// <summary>Makes its one link anew, and returns the token; an older link is dead from then on.</summary>
    public string Renew(Guid inviter, string inviterName, DateTimeOffset now)
    {
        var token = OneTimeToken.New();
        TokenHash = OneTimeToken.Hash(token);
        (SentAt, ExpiresAt) = (now, now + ValidFor);
        (InvitedBy, InvitedByName) = (inviter, inviterName);
        return token;
    }
}

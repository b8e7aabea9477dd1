namespace FrappeHybrid.Core.Teams;

/// <summary>Support asks to act in a team, or in a server, bench or site of it; an owner lets it in for a time, which ends by itself.</summary>
public sealed class SupportAccess : ITeamOwned
{
    /// <summary>The least that can be asked for.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <summary>The most that can be asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private static readonly Dictionary<SupportAccessState, SupportAccessState[]> Moves = new()
    {
        [SupportAccessState.Asked] = [SupportAccessState.Granted, SupportAccessState.Refused, SupportAccessState.Ended],
        [SupportAccessState.Granted] = [SupportAccessState.Ended],
        [SupportAccessState.Refused] = [],
        [SupportAccessState.Ended] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <summary>The server's, bench's or site's id; the team's own for all of it.</summary>
    public required Guid ThingId { get; init; }

    /// <summary>What that was called when it was asked.</summary>
    public required string ThingName { get; init; }

    /// <summary>Who asks.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The name of who asks.</summary>
    public required string UserName { get; init; }

    /// <summary>Why, 5 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>For how long from the moment of the yes, in minutes.</summary>
    public required int Minutes { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public SupportAccessState State { get; private set; } = SupportAccessState.Asked;

    /// <summary>When it ends by itself; null until it was granted.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Who decided or ended it.</summary>
    public string? DecidedBy { get; private set; }

    /// <inheritdoc/>
    public Place Place => new(TeamId);

    /// <summary>"15 minutes", "1 hour", "3 days".</summary>
    public static string Words(int minutes) => minutes switch
    {
        _ when minutes % 1440 == 0 => minutes == 1440 ? "1 day" : $"{minutes / 1440} days",
        _ when minutes % 60 == 0 => minutes == 60 ? "1 hour" : $"{minutes / 60} hours",
        _ => $"{minutes} minutes",
    };

    /// <summary>Whether it lets in now.</summary>
    public bool IsOpen(DateTimeOffset now) => State is SupportAccessState.Granted && Until > now;

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(SupportAccessState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    /// <param name="minutes">For how long it is granted when that is shorter than what was asked.</param>
    public void Become(SupportAccessState next, string by, DateTimeOffset now, int? minutes = null)
    {
        if (!CanBecome(next))
            throw new InvalidOperationException($"A support access that is {State} cannot become {next}.");
        State = next;
        DecidedBy = by;
        if (next is SupportAccessState.Granted)
            Until = now.AddMinutes(Math.Min(minutes ?? Minutes, Minutes));
    }
}

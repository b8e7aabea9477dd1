using System.Globalization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Terminals;

/// <summary>A shell that somebody opened in a service of a bench: who, where, why and how it ended. What it printed is in its recording.</summary>
public sealed class Terminal : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required Guid ServerId { get; init; }

    public required Guid BenchId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId);

    public required BenchService Service { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The person's name at that time.</summary>
    public required string UserName { get; init; }

    /// <summary>What for, in the person's words; null where no reason was asked.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it is over; null while it is open.</summary>
    public TerminalEnd? End { get; private set; }

    /// <summary>The shell's, where it ended by itself.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>How much the shell printed.</summary>
    public long Bytes { get; private set; }

    /// <summary>More was printed than a recording holds: parts of it are missing.</summary>
    public bool IsCut { get; private set; }

    /// <summary>It can be played back; recordings go after some months, the row stays.</summary>
    public bool HasRecording { get; private set; } = true;

    /// <summary>It is over; once and for all.</summary>
    public void Finish(TerminalEnd end, DateTimeOffset at, int? exitCode, long bytes, bool isCut)
    {
        if (EndedAt is not null)
            throw new InvalidOperationException("A terminal ends once.");
        (End, EndedAt, ExitCode, Bytes, IsCut) = (end, at, exitCode, bytes, isCut);
    }

    /// <summary>Its recording was taken away.</summary>
    public void ForgetRecording() => HasRecording = false;

    /// <summary>For a person: "The shell ended with code 0".</summary>
    public static string Describe(TerminalEnd end, int? exitCode) => end switch
    {
        TerminalEnd.Exited => string.Create(CultureInfo.InvariantCulture, $"The shell ended with code {exitCode}"),
        TerminalEnd.Closed => "Ended by its person",
        TerminalEnd.Left => "Ended because its page was left",
        TerminalEnd.Idle => "Ended because nobody typed",
        TerminalEnd.NotAllowed => "Ended because its person signed out or lost the right to it",
        TerminalEnd.Lost => "Ended because the connection to the server broke",
        TerminalEnd.Interrupted => "Ended because the portal was ended",
        TerminalEnd.Unrecorded => "Ended because it could not be recorded any more; perhaps the portal's disk is full",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not an end of a terminal."),
    };
}

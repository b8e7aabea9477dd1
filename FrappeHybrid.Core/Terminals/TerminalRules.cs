using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Terminals;

/// <summary>When a terminal asks why, and how long it stays open.</summary>
public static class TerminalRules
{
    /// <summary>Fewest characters of a reason.</summary>
    public const int ShortestReason = 4;

    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 300;

    /// <summary>A terminal in which nothing is typed and nothing printed ends after this.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    /// <summary>One in which nothing is typed ends after this, whatever it prints: work that runs unwatched is not cut off at once, and no shell stays open for days.</summary>
    public static readonly TimeSpan Unattended = TimeSpan.FromHours(2);

    /// <summary>So long before, its person is told.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromMinutes(2);

    /// <summary>How long it waits for its person to come back to its page.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMinutes(2);

    /// <summary>Whether a reason is asked: where customers' sites are at work, and always of staff, who are in somebody else's bench.</summary>
    public static async Task<bool> AsksReasonAsync(PortalDb db, Actor actor, Place bench, CancellationToken cancel) =>
        !actor.Grants.Any(grant => grant.SupportAccessId is null && CapabilityTable.Has(grant.Role, Capability.OpenTerminals) && grant.Place.Contains(bench))
        || await db.Sites.AnyAsync(site => site.BenchId == bench.BenchId && site.State != SiteState.Trashed && site.State != SiteState.Archived, cancel);

    /// <summary>The reason as it is kept; an error when one is asked and none was given.</summary>
    internal static Result<string?> Check(string? reason, bool isAsked)
    {
        var why = new string([.. (reason ?? "").Trim().Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        if (why.Length == 0 && !isAsked)
            return (string?)null;
        return why.Length is < ShortestReason or > LongestReason
            ? new Error("reason-needed", $"Say in a few words what the terminal is for ({ShortestReason} to {LongestReason} characters).", "The reason is kept with your name; the team can read it.")
            : why;
    }
}

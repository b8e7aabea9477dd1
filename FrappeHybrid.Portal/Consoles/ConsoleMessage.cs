using FrappeHybrid.Core.Consoles;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>What the browser gets of a live console. Shown in this order: skipped, notice, lines.</summary>
/// <param name="Lines">New lines; null for none.</param>
/// <param name="Skipped">Lines that this viewer missed before these.</param>
/// <param name="Notice">Said by the Agent or the portal, not by the source.</param>
/// <param name="Connection">How the stream from the server is: "Connecting", "Live", "Reconnecting".</param>
/// <param name="Position">Where the viewer is after these lines; it asks with it after a break.</param>
/// <param name="IsReset">What the browser has does not join these lines: it begins anew.</param>
/// <param name="Problem">Why there is nothing to see.</param>
public sealed record ConsoleMessage(ConsoleLines? Lines, long Skipped, string? Notice, string Connection, string Position, bool IsReset, string? Problem)
{
    public static ConsoleMessage Of(ConsoleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new ConsoleMessage(
            batch.Lines.Count == 0 ? null : ConsoleLines.Of(batch.Lines),
            batch.Skipped,
            batch.Notice is null ? null : TerminalText.Plain(batch.Notice),
            batch.Connection.ToString(),
            batch.Position.ToString(),
            batch.IsReset,
            null);
    }

    public static ConsoleMessage OfProblem(string problem) => new(null, 0, null, "", "", false, problem);
}

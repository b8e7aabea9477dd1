namespace FrappeHybrid.Portal.Consoles;

/// <summary>What the browser gets: lines that a terminal may print as they are. Shown in this order: skipped, notice, lines.</summary>
/// <param name="Lines">Neutralised: see <see cref="TerminalText"/>.</param>
/// <param name="Skipped">Lines that this viewer missed before these.</param>
/// <param name="Notice">Said by the Agent or the portal, not by the container.</param>
/// <param name="Connection">How the stream from the server is: "Connecting", "Live", "Reconnecting".</param>
/// <param name="Position">Where the viewer is after these lines; it asks with it after a break.</param>
/// <param name="Problem">Why there is nothing to see.</param>
public sealed record ConsoleMessage(IReadOnlyList<string> Lines, long Skipped, string? Notice, string Connection, string Position, string? Problem)
{
    public static ConsoleMessage OfProblem(string problem) => new([], 0, null, "", "", problem);
}

namespace FrappeHybrid.Core.Consoles;

/// <summary>What a viewer gets at once. In the order in which it is to be shown: first <see cref="Skipped"/>, then <see cref="Notice"/>, then the lines.</summary>
/// <param name="Lines">New lines; the first batch holds the last lines from before.</param>
/// <param name="Notice">Said by the portal or the Agent, not by the container, e.g. "container restarted"; null otherwise.</param>
/// <param name="Skipped">How many lines this viewer missed because it, or the way to it, was too slow; 0 normally.</param>
/// <param name="Connection">How the stream from the server is now.</param>
/// <param name="Position">Where the viewer is after these lines.</param>
/// <param name="IsReset">The place where the viewer was is gone: these are the last lines, and what it has does not join them.</param>
public sealed record ConsoleBatch(IReadOnlyList<ConsoleLine> Lines, string? Notice, long Skipped, ConsoleConnection Connection, ConsolePosition Position, bool IsReset);

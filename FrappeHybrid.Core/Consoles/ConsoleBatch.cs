using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>What a viewer gets at once. In the order in which it is to be shown: first <see cref="Skipped"/>, then <see cref="Notice"/>, then the lines.</summary>
/// <param name="Lines">New lines; the first batch holds the last lines from before.</param>
/// <param name="Notice">Said by the portal or the Agent, not by the container, e.g. "container restarted"; null otherwise.</param>
/// <param name="Skipped">How many lines this viewer missed because it was too slow; 0 normally.</param>
/// <param name="Connection">How the stream from the server is now.</param>
public sealed record ConsoleBatch(IReadOnlyList<LogLine> Lines, string? Notice, long Skipped, ConsoleConnection Connection);

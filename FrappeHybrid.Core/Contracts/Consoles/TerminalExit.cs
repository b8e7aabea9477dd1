namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>The last message of a terminal whose shell has ended by itself.</summary>
/// <param name="ExitCode">The shell's exit code.</param>
public sealed record TerminalExit(int ExitCode);

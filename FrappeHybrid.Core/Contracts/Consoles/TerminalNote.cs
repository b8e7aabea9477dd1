namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>What portal and Agent tell each other beside the bytes of a terminal; one of the three.</summary>
/// <param name="Size">From the portal: the terminal has another size.</param>
/// <param name="Taken">From both: so many bytes more have been taken, and as many may be sent again.</param>
/// <param name="ExitCode">From the Agent, at last: the shell has ended by itself.</param>
public sealed record TerminalNote(TerminalSize? Size = null, int? Taken = null, int? ExitCode = null);

namespace FrappeHybrid.Portal.Terminals;

/// <summary>What the browser gets of a terminal; one of the four.</summary>
/// <param name="Bytes">Printed by the shell; the terminal widget joins characters that go on in the next message.</param>
/// <param name="Warning">It ends soon; empty when that is no longer so.</param>
/// <param name="Notice">Said once by the portal.</param>
/// <param name="End">Why it is over, or why there is nothing to see: the last message.</param>
/// <param name="IsElsewhere">With <paramref name="End"/>: it goes on in another window, and can be taken back from there.</param>
public sealed record TerminalMessage(byte[]? Bytes = null, string? Warning = null, string? Notice = null, string? End = null, bool IsElsewhere = false);

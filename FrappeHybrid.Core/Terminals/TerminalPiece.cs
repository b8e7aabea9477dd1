namespace FrappeHybrid.Core.Terminals;

/// <summary>What whoever looks at a terminal gets; one of the four.</summary>
/// <param name="Bytes">Printed by the shell.</param>
/// <param name="Warning">The terminal ends soon; empty when that is no longer so.</param>
/// <param name="Notice">Said once by the portal.</param>
/// <param name="End">It is over, or belongs to another window: nothing comes after this.</param>
/// <param name="IsElsewhere">With <paramref name="End"/>: it goes on in another window.</param>
public sealed record TerminalPiece(ReadOnlyMemory<byte> Bytes, string? Warning = null, string? Notice = null, string? End = null, bool IsElsewhere = false);

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>What has come over a terminal's connection: bytes, or a note.</summary>
/// <param name="Bytes">Printed, or typed.</param>
/// <param name="Note">A size or an exit code.</param>
public readonly record struct TerminalItem(ReadOnlyMemory<byte> Bytes, TerminalNote? Note = null);

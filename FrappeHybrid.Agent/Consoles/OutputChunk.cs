namespace FrappeHybrid.Agent.Consoles;

/// <summary>Some of what a container wrote.</summary>
/// <param name="IsError">To standard error.</param>
/// <param name="Bytes">Any bytes; a line may go on in the next.</param>
/// <param name="At">When the Agent got it.</param>
/// <param name="Skipped">Lines that were left out before it.</param>
/// <param name="IsAfterGap">Something of the same stream was left out before it: a line that was begun is not ended here.</param>
/// <param name="IsWithinLine">It begins within a line whose beginning was left out.</param>
internal sealed record OutputChunk(bool IsError, byte[] Bytes, DateTimeOffset At, long Skipped = 0, bool IsAfterGap = false, bool IsWithinLine = false)
{
    public bool EndsALine => Bytes.Length > 0 && Bytes[^1] == (byte)'\n';

    public long LineEnds => Bytes.AsSpan().Count((byte)'\n');
}

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>The end of a log file: whole lines, the bench's secrets taken out.</summary>
/// <param name="Text">The lines; hostile text, to be shown as text only.</param>
/// <param name="Bytes">Size of the whole file.</param>
/// <param name="IsCut">There is more before it.</param>
public sealed record LogText(string Text, long Bytes, bool IsCut)
{
    /// <summary>So much is read unless more is asked for.</summary>
    public const int UsualBytes = 64 * 1024;

    /// <summary>So much at most.</summary>
    public const int MostBytes = 512 * 1024;
}

namespace FrappeHybrid.Core.Consoles;

/// <summary>Where one viewer is in a <see cref="ConsoleBuffer"/>.</summary>
/// <param name="wanted">Where it was before; null for one that comes anew.</param>
internal sealed class ConsoleCursor(ConsolePosition? wanted = null)
{
    public ConsolePosition? Wanted { get; } = wanted;

    public long Next { get; set; }

    /// <summary>The buffer's version that was read to its end; -1 for none.</summary>
    public long Version { get; set; } = -1;

    /// <summary>Has a place; before that nothing can be missed.</summary>
    public bool IsPlaced { get; set; }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>How many characters a terminal shows.</summary>
/// <param name="Columns">In a line, 2 to <see cref="MostColumns"/>.</param>
/// <param name="Rows">Lines, 1 to <see cref="MostRows"/>.</param>
public sealed record TerminalSize(int Columns, int Rows)
{
    /// <summary>More than the widest screen.</summary>
    public const int MostColumns = 500;

    /// <summary>More than the highest screen.</summary>
    public const int MostRows = 300;

    /// <summary>What a terminal has that nobody has measured.</summary>
    public static TerminalSize Usual { get; } = new(80, 24);

    /// <summary>The nearest size that a terminal may have.</summary>
    public static TerminalSize Near(int columns, int rows) => new(Math.Clamp(columns, 2, MostColumns), Math.Clamp(rows, 1, MostRows));

    /// <summary>Of two texts; false when one is no number, or out of bounds.</summary>
    public static bool TryParse(string? columns, string? rows, [NotNullWhen(true)] out TerminalSize? size)
    {
        size = null;
        if (int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            && Near(width, height) is var near && near.Columns == width && near.Rows == height)
        {
            size = near;
        }

        return size is not null;
    }
}

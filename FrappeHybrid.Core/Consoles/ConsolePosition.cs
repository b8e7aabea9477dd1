using System.Globalization;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>
/// How far a viewer has read. As long as the portal holds the stream, the number of the line is exact; after that the line itself is looked for, so that a browser that comes
/// back to a portal that was started anew gets what it lacks and nothing twice.
/// </summary>
/// <param name="Epoch">Which stream the number is of.</param>
/// <param name="Number">The number of the next line.</param>
/// <param name="Mark">The last line that was read; null when there was none.</param>
public sealed record ConsolePosition(string Epoch, long Number, LogMark? Mark)
{
    /// <summary>Of a text made by <see cref="ToString"/>; null, the beginning, for any other text.</summary>
    public static ConsolePosition? Parse(string? text)
    {
        var parts = (text ?? "").Split('.', 3);
        return parts.Length == 3 && parts[0].Length is > 0 and <= 40 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ConsolePosition(parts[0], number, LogMark.Parse(parts[2]))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Number}.{Mark}");
}

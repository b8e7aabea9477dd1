using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout.Commands;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>A line that the palette can show.</summary>
/// <param name="Key">Stable: what was chosen is remembered by it.</param>
/// <param name="Text">Its name.</param>
/// <param name="Where">What it lies in, or what kind of thing it is.</param>
/// <param name="IsName">The text is a name that is typed elsewhere.</param>
public sealed record PaletteEntry(string Key, string Text, string Where, IconName Picture, bool IsName)
{
    /// <summary>The command that it runs; null when it opens a page.</summary>
    public Command? Command { get; init; }

    /// <summary>What the command is about.</summary>
    public Thing Thing { get; init; } = Thing.None;

    /// <summary>The page that it opens; null when it runs a command.</summary>
    public string? Href { get; init; }

    /// <summary>It is about what is on the page now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>How well it fits what was typed; null when it does not.</summary>
    public int? Score(string typed) => PaletteMatch.Score(typed, Text) ?? (PaletteMatch.Score(typed, $"{Text} {Where}") is { } both ? both / 2 : null);

    public static PaletteEntry Of(Command command, Thing thing) => new($"{command.Id}:{thing.Id:N}", command.Text, thing.Kind is ThingKind.Nothing ? command.Href is null ? "Desktop" : "Page" : thing.Name, command.Picture, false) { Command = command, Thing = thing };

    public static PaletteEntry Of(Thing thing, string where) => new($"open:{thing.Id:N}", thing.Name, where, thing.Picture, thing.Kind is ThingKind.Bench or ThingKind.Site) { Href = thing.Href };
}

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The keyboard: one list for the listener in the browser and for the help under "?".</summary>
public static class Shortcuts
{
    public const string Palette = "palette";
    public const string Help = "help";
    public const string Dock = "dock";
    public const string Explorer = "explorer";
    public const string CloseTab = "close-tab";
    public const string NextTab = "next-tab";
    public const string PreviousTab = "previous-tab";
    public const string Theme = "theme";

    /// <summary>A command that begins with "/" opens that address.</summary>
    public static IReadOnlyList<Shortcut> All { get; } =
    [
        new("mod+k", Palette, "Find a server, bench, site or action"),
        new("?", Help, "This list"),
        new("g o", "/", "Go to the overview"),
        new("g s", "/servers", "Go to servers"),
        new("g b", "/benches", "Go to benches"),
        new("g i", "/sites", "Go to sites"),
        new("g j", "/jobs", "Go to jobs"),
        new("n s", "/servers/new", "Add a server"),
        new("n b", "/benches/new", "New bench"),
        new("n i", "/sites/new", "New site"),
        new("]", NextTab, "Next tab"),
        new("[", PreviousTab, "Previous tab"),
        new("x", CloseTab, "Close this tab"),
        new("mod+b", Explorer, "Show or hide the explorer"),
        new("mod+j", Dock, "Show or hide the dock"),
        new("t", Theme, "Change the theme"),
    ];
}

/// <summary>Keys and what they do. "mod" is Ctrl, or Cmd on a Mac; "g s" is one key after the other.</summary>
public sealed record Shortcut(string Keys, string Command, string Description);

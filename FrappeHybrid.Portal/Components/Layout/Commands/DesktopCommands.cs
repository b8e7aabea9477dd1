using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What the desktop itself does.</summary>
public static class DesktopCommands
{
    public static Command Palette { get; } = new("palette", "Find anything", IconName.Search) { Keys = ["mod+k"] };

    public static Command Help { get; } = new("help", "Keyboard shortcuts", IconName.Keyboard) { Keys = ["?"] };

    public static Command Explorer { get; } = new("explorer", "Show or hide the explorer", IconName.Menu) { Keys = ["mod+b"] };

    public static Command FilterExplorer { get; } = new("filter-explorer", "Filter the explorer", IconName.Search) { Keys = ["e"] };

    public static Command Dock { get; } = new("dock", "Show or hide the dock", IconName.ChevronDown) { Keys = ["mod+j"] };

    public static Command KeepTab { get; } = new("keep-tab", "Keep this tab", IconName.Ok) { Keys = ["k"] };

    public static Command CloseTab { get; } = new("close-tab", "Close this tab", IconName.Close) { Keys = ["x", "alt+w"] };

    public static Command CloseOthers { get; } = new("close-other-tabs", "Close all other tabs", IconName.Close);

    public static Command NextTab { get; } = new("next-tab", "Next tab", IconName.ChevronRight) { Keys = ["]"] };

    public static Command PreviousTab { get; } = new("previous-tab", "Previous tab", IconName.Back) { Keys = ["["] };

    public static Command Theme { get; } = new("theme", "Change the theme", IconName.Theme) { Keys = ["t"] };

    public static Command TimeZone { get; } = new("time-zone", "Show times in UTC or in your time zone", IconName.Idle) { Keys = ["u"] };

    public static IReadOnlyList<Command> All { get; } = [Palette, Help, Explorer, FilterExplorer, Dock, KeepTab, CloseTab, CloseOthers, NextTab, PreviousTab, Theme, TimeZone];
}

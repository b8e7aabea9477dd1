namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Every command there is: the one source of the palette, the menus, the shortcuts, the hovers and the list under "?".</summary>
public static class CommandTable
{
    /// <summary>In the order in which menus and the list under "?" have them.</summary>
    public static IReadOnlyList<Command> All { get; } = [.. DesktopCommands.All, .. PageCommands.All, .. ServerCommands.All, .. BenchCommands.All, .. SiteCommands.All, .. JobCommands.All];

    /// <summary>What this actor is offered for the thing.</summary>
    public static IEnumerable<Command> For(Actor actor, Thing thing) => All.Where(command => command.IsOffered(actor, thing));

    /// <summary>Null when there is none.</summary>
    public static Command? Find(string id) => All.FirstOrDefault(command => command.Id == id);

    /// <summary>The keys with what they do, for the listener in the browser.</summary>
    public static IReadOnlyList<string[]> Keys { get; } = [.. All.SelectMany(command => command.Keys.Select(keys => new[] { keys, command.Id }))];
}

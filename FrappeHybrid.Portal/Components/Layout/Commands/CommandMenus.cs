namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Asks the desktop to open the menu of a thing, at a point of the window.</summary>
public sealed class CommandMenus
{
#pragma warning disable MA0046 // a plain callback within one circuit: no sender
    /// <summary>A menu is asked for; raised on the circuit's own thread.</summary>
    public event Action<Thing, double, double>? Asked;
#pragma warning restore MA0046

    /// <summary>Opens it.</summary>
    public void Open(Thing thing, double left, double top) => Asked?.Invoke(thing, left, top);
}

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The parts of a server's pages.</summary>
public static class ServerSections
{
    public static IReadOnlyList<Crumb> Of(Guid server) =>
    [
        new("Overview", $"/servers/{server}"),
        new("Disk", $"/servers/{server}/disk"),
        new("Activity", $"/servers/{server}/activity"),
        new("Settings", $"/servers/{server}/settings", $"/servers/{server}/take-out"),
    ];
}

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The parts of a site's pages.</summary>
public static class SiteSections
{
    public static IReadOnlyList<Crumb> Of(Guid site) =>
    [
        new("Overview", $"/sites/{site}", $"/sites/{site}/clone"),
        new("Backups", $"/sites/{site}/backups", $"/sites/{site}/restore"),
        new("Apps", $"/sites/{site}/apps"),
        new("Domains", $"/sites/{site}/domains"),
        new("Configuration", $"/sites/{site}/configuration"),
        new("Update", $"/sites/{site}/update"),
        new("Activity", $"/sites/{site}/activity"),
        new("Settings", $"/sites/{site}/settings"),
        new("Danger zone", $"/sites/{site}/danger"),
    ];
}

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The parts of a bench's pages.</summary>
public static class BenchSections
{
    public static IReadOnlyList<Crumb> Of(Guid bench) =>
    [
        new("Overview", $"/benches/{bench}"),
        new("Doctor", $"/benches/{bench}/doctor"),
        new("Logs", $"/benches/{bench}/logs"),
        new("Terminals", $"/benches/{bench}/terminals"),
        new("Update", $"/benches/{bench}/update"),
        new("Activity", $"/benches/{bench}/activity"),
        new("Settings", $"/benches/{bench}/settings"),
    ];
}

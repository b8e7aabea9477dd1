using System.Text.Json;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Reads what `bench doctor` and `bench version` print.</summary>
internal static class DoctorOutput
{
    /// <summary>"Scheduler disabled for shop.example.com", "Scheduler paused for ...", "Scheduler inactive for ...", "Maintenance mode on for ...": what is not said is well.</summary>
    public static IReadOnlyList<SiteScheduler> Sites(string output, IReadOnlyList<SiteName> sites)
    {
        var lines = output.Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. sites.Select(site => new SiteScheduler(
                site,
                IsEnabled: !lines.Contains($"Scheduler disabled for {site}"),
                IsPaused: lines.Contains($"Scheduler paused for {site}") || lines.Contains($"Scheduler inactive for {site}"),
                IsInMaintenance: lines.Contains($"Maintenance mode on for {site}"))),
        ];
    }

    /// <summary>A list of objects with app and version; warnings may stand before it.</summary>
    public static IReadOnlyList<BenchAppVersion> Versions(string output)
    {
        var start = output.IndexOf('[', StringComparison.Ordinal);
        if (start < 0)
            return [];

        try
        {
            using var json = JsonDocument.Parse(output[start..]);
            return
            [
                .. json.RootElement.EnumerateArray().Select(app => new BenchAppVersion(app.GetProperty("app").GetString() ?? "", app.GetProperty("version").GetString() ?? "")),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}

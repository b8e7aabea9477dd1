using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>What the Agent of the seeded portal says about its server's disk, and what a clean-up would take away.</summary>
internal static class ServerSeed
{
    private const long Gigabyte = 1L << 30;

    public static readonly CleanUpPlan Plan = new(
        "9f2c",
        [
            new(CleanUpKind.Container, "1", "legacy-backend-1", "Its bench is gone.", 41L << 20),
            new(CleanUpKind.Network, "2", "legacy", "Its bench is gone.", 0),
            new(CleanUpKind.Image, "3", "frappe/erpnext:v15.41.2", "No bench uses it.", 3 * Gigabyte),
            new(CleanUpKind.Archived, "4", "benches/legacy-20260801-093012", "Archived 112 days ago.", 5 * Gigabyte / 2),
            new(CleanUpKind.JobHistory, "5", "Output of 1,204 jobs", "Ended more than 90 days ago.", 190L << 20),
        ]);

    /// <summary>What the Agent says; null for another path.</summary>
    public static string? Answer(string path) => path switch
    {
        UpkeepRoutes.Disk => JsonSerializer.Serialize(Disk(), UpkeepJson.Default.DiskUse),
        UpkeepRoutes.Load => JsonSerializer.Serialize(Load(), UpkeepJson.Default.ServerLoad),
        UpkeepRoutes.CleanUp => JsonSerializer.Serialize(Plan, UpkeepJson.Default.CleanUpPlan),
        _ => null,
    };

    public static int PartCount => Disk().Parts.Count;

    /// <summary>An answer about the disk; without a use the seeded one.</summary>
    public static HttpResponseMessage Response(DiskUse? use) =>
        new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(use ?? Disk(), UpkeepJson.Default.DiskUse), Encoding.UTF8, "application/json") };

    /// <summary>An answer about the load; without one the seeded one.</summary>
    public static HttpResponseMessage LoadResponse(ServerLoad? load) =>
        new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(load ?? Load(), UpkeepJson.Default.ServerLoad), Encoding.UTF8, "application/json") };

    /// <summary>Ten minutes: a wave of work, memory that grows, a disk that is nearly full.</summary>
    public static ServerLoad Load()
    {
        var now = TimeProvider.System.GetUtcNow();
        var samples = Enumerable.Range(0, 120).Select(index =>
        {
            var at = now.AddSeconds((index - 119) * 5);
            var tick = at.ToUnixTimeSeconds() / 5.0;
            return new LoadSample(
                at, Math.Round(Math.Clamp(34 + 22 * Math.Sin(tick / 9) + 9 * Math.Sin(tick * 1.7), 0, 100), 1), (long)((10.6 + 0.6 * Math.Sin(tick / 40)) * Gigabyte), (long)((147.2 + index * 0.004) * Gigabyte));
        });
        return new ServerLoad(4, 16 * Gigabyte, 160 * Gigabyte, 5, 120, [.. samples]);
    }

    private static DiskUse Disk() => new(
        TimeProvider.System.GetUtcNow().AddMinutes(-7),
        false,
        14.2,
        ["The folder of one container could not be read: nextcloud."],
        160 * Gigabyte,
        34 * Gigabyte,
        false,
        [
            new(DiskPartKind.Databases, 41 * Gigabyte),
            new(DiskPartKind.SiteFiles, 23 * Gigabyte),
            new(DiskPartKind.Backups, 19 * Gigabyte),
            new(DiskPartKind.Images, 11 * Gigabyte),
            new(DiskPartKind.Archived, 5 * Gigabyte / 2),
            new(DiskPartKind.Trash, 4 * Gigabyte),
            new(DiskPartKind.Containers, 310L << 20),
            new(DiskPartKind.Benches, 48L << 20),
            new(DiskPartKind.Logs, 900L << 20),
            new(DiskPartKind.Agent, 260L << 20),
            new(DiskPartKind.Other, 24 * Gigabyte),
        ],
        [
            Item(DiskPartKind.Databases, "_6d94780e7072212f", "shop.sites.example.com", 18 * Gigabyte),
            Item(DiskPartKind.Backups, "backups of shop.sites.example.com", "shop.sites.example.com", 12 * Gigabyte),
            Item(DiskPartKind.SiteFiles, "shop.sites.example.com", "shop.sites.example.com", 11 * Gigabyte),
            Item(DiskPartKind.Databases, "_0b1f2f0a54e1c7aa", "clinic.sites.example.com", 9 * Gigabyte),
            new(DiskPartKind.Images, "frappe/erpnext:v15.50.0", null, null, 4 * Gigabyte),
            new(DiskPartKind.Images, "frappe/erpnext:v15.51.0", null, null, 4 * Gigabyte),
            new(DiskPartKind.Archived, "benches/legacy-20260801-093012", null, null, 5 * Gigabyte / 2),
            new(DiskPartKind.Logs, "logs of main", BenchName.Parse("main"), null, 700L << 20),
        ]);

    private static DiskItem Item(DiskPartKind kind, string name, string site, long bytes) => new(kind, name, BenchName.Parse("main"), SiteName.Parse(site), bytes);
}

using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>What the Agent of the seeded portal says about a bench's settings and health.</summary>
internal static class BenchSeed
{
    public static readonly BenchLimits Limits = new(4096, 2048, 1024, 3, 1.5);

    public static readonly BenchWorkers Workers = new(9, 4, 2, 1);

    public static readonly IReadOnlyList<BenchVariable> Variables = [new("MAIL_TOKEN", null), new("S3_BUCKET", "company-attachments-frankfurt-production")];

    public static IReadOnlyList<LogFile> LogFiles =>
    [
        new(LogName.Parse("worker.error.log"), null, 18_233, TimeProvider.System.GetUtcNow().AddMinutes(-3)),
        new(LogName.Parse("frappe.log"), null, 1_204_118, TimeProvider.System.GetUtcNow().AddHours(-2)),
        new(LogName.Parse("bench.log"), null, 4_120, TimeProvider.System.GetUtcNow().AddDays(-1)),
        new(LogName.Parse("frappe.log"), SiteName.Parse("shop.sites.example.com"), 240_771, TimeProvider.System.GetUtcNow().AddMinutes(-11)),
        new(LogName.Parse("database.log"), SiteName.Parse("shop.sites.example.com"), 0, TimeProvider.System.GetUtcNow().AddDays(-9)),
    ];

    public static readonly LogText Log = new(
        string.Concat(Enumerable.Range(0, 60).Select(line => $"2026-11-21 22:{line:00}:07,114 {(line % 9 == 0 ? "ERROR" : "INFO")} frappe \u001b[31mNew Exception collected in error log\u001b[0m\nSite: shop.sites.example.com\n")),
        1_204_118,
        true);

    /// <summary>All is well, except in the bench "main".</summary>
    public static BenchDoctorReport Doctor(string bench, IReadOnlyList<ServiceInfo> services) => bench == "main"
        ? Unwell(services)
        : new(TimeProvider.System.GetUtcNow(), services, Workers, 3, [new("default", 0, 0), new("short", 0, 0)], [new(SiteName.Parse("drama.schools.example.com"), true, false, false)], [new("frappe", "15.50.0"), new("erpnext", "15.49.3")], null, []);

    /// <summary>The network around these services: nginx lacks an entry, and the websocket takes no connections where a queue is restarting.</summary>
    public static BenchNetwork Network(IReadOnlyList<ServiceInfo> services)
    {
        var isUnwell = services.Any(service => service.State != "running");
        return new(
            TimeProvider.System.GetUtcNow().AddSeconds(-2),
            [
                new(NetworkPartKind.Nginx, null, "running", null, true, 0, null),
                .. services.Select(service => new NetworkPart(NetworkPartKind.Service, service.Service, service.State, null, AnswerOf(service, isUnwell), service.RestartCount, service.ExitCode)),
                new(NetworkPartKind.Database, null, "running", null, true, 0, null),
            ],
            31,
            isUnwell ? 30 : 31);
    }

    private static bool? AnswerOf(ServiceInfo service, bool isUnwell) =>
        service.State != "running" || service.Service is BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler ? null : !(isUnwell && service.Service is BenchService.Websocket);

    private static BenchDoctorReport Unwell(IReadOnlyList<ServiceInfo> services) => new(
        TimeProvider.System.GetUtcNow().AddSeconds(-4),
        services,
        Workers,
        2,
        [new("default", 3, 0), new("long", 214, 7), new("short", 0, 1)],
        [
            new(SiteName.Parse("shop.sites.example.com"), true, false, false),
            new(SiteName.Parse("books.sites.example.com"), false, false, false),
            new(SiteName.Parse("clinic.sites.example.com"), true, true, false),
        ],
        [new("frappe", "15.50.0"), new("erpnext", "15.49.3")],
        null,
        [
            new(
                BenchService.QueueLong,
                "22:01:07 long: frappe.utils.background_jobs.execute_job(event=None, job_name='rebuild_tree')\nMemoryError\n22:01:09 Warm shut down requested\nKilled"),
        ]);
}

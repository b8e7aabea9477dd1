using System.Globalization;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Core.Benches;

/// <summary>Reads a doctor's report as somebody would who knows benches: what is unhealthy, and the act that mends it.</summary>
public static class DoctorFindings
{
    private const int Killed = 137;
    private const int ManyRestarts = 5;
    private const int ManyWaiting = 100;

    /// <summary>The serious ones first; empty for a bench that is well.</summary>
    public static IReadOnlyList<DoctorFinding> Of(BenchDoctorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Services(report).Concat(Jobs(report)).Concat(Sites(report)).OrderByDescending(finding => finding.IsSerious)];
    }

    private static IEnumerable<DoctorFinding> Services(BenchDoctorReport report)
    {
        foreach (var service in report.Services)
        {
            var name = service.Service.Name();
            if (service is { State: not "running", ExitCode: Killed })
                yield return new DoctorFinding(true, $"{name} was killed, most likely for lack of memory.", "Raise its memory limit in the settings, then start it again.", service.Service);
            else if (service.State is "missing")
                yield return new DoctorFinding(true, $"The container of {name} is gone.", "Change the bench's workers or a variable once: that makes its containers anew.");
            else if (service.State is not "running")
                yield return new DoctorFinding(true, $"{name} is {service.State}{(service.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" with code {code}") : "")}.", "Its last output is below. Start it again.", service.Service);
            else if (service.RestartCount > ManyRestarts)
                yield return new DoctorFinding(false, string.Create(CultureInfo.InvariantCulture, $"{name} has ended by itself {service.RestartCount} times and was started again."), "Look at its console for the reason.");
        }
    }

    private static IEnumerable<DoctorFinding> Jobs(BenchDoctorReport report)
    {
        var wanted = report.Workers.ShortWorkers + report.Workers.LongWorkers;
        if (report.WorkersOnline is null)
            yield return new DoctorFinding(true, "redis-queue does not answer: no background job runs.", "Start it again; jobs that waited are kept.", BenchService.RedisQueue);
        else if (report.WorkersOnline == 0)
            yield return new DoctorFinding(true, "No worker is online: no background job runs.", "Start the workers again.", BenchService.QueueShort);
        else if (report.WorkersOnline < wanted)
            yield return new DoctorFinding(false, string.Create(CultureInfo.InvariantCulture, $"Only {report.WorkersOnline} of {wanted} workers are online."), "One may be starting; if it stays so, look at the consoles of the queues.");
        foreach (var queue in report.Queues.Where(queue => queue.Waiting >= ManyWaiting))
            yield return new DoctorFinding(false, string.Create(CultureInfo.InvariantCulture, $"{queue.Waiting:N0} jobs wait in the queue {queue.Name}."), "Give the bench more workers, or look for a job that fails again and again.");
        if (report.Problem is not null)
            yield return new DoctorFinding(true, "bench's own doctor did not work.", "What it said is below; a database or a Redis that is away is the usual reason.");
    }

    private static IEnumerable<DoctorFinding> Sites(BenchDoctorReport report)
    {
        foreach (var site in report.Sites)
        {
            if (site.IsInMaintenance)
                yield return new DoctorFinding(true, $"{site.Site} is in maintenance: visitors get 503.", "If no job works on it, turn maintenance off in the site's settings.", Site: site.Site.Value);
            else if (!site.IsEnabled)
                yield return new DoctorFinding(false, $"The scheduler of {site.Site} is disabled: mails, reports and backups of its own do not run.", "Turn it on in the site's settings, unless that is meant.", Site: site.Site.Value);
            else if (site.IsPaused)
                yield return new DoctorFinding(false, $"The scheduler of {site.Site} is paused.", "It goes on when maintenance is off and no job holds it; look at the site's settings.", Site: site.Site.Value);
        }
    }
}

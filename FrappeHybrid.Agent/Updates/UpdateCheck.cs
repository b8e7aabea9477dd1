using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Everything about an update or a migration that can be known before anybody is disturbed; it also warms the new bench.</summary>
internal sealed class UpdateCheck(BenchCatalog catalog, DockerEngine engine, HttpProbe http, BenchVersions versions, TableCopies copies, UpdatePlans plans, TimeProvider time)
{
    /// <summary>A service that is only being started again is well by then; one that is not is named as ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>The site and what is to be done with it; nothing of that is stored yet.</summary>
    public async Task<(SiteOnServer Site, UpdatePlan Plan, StepOutcome Outcome)> RunAsync(JobContext job, StepLog log, StoredUpdateRequest request, CancellationToken cancel)
    {
        if (plans.Find(request.Site) is { } earlier)
        {
            throw new JobFailedException(
                JobErrorCodes.RecoveryNeeded, $"An earlier update of {request.Site} was not taken back (job {earlier.Job}).", "Recover the site first.");
        }

        var site = SiteOnServer.Require(catalog, request.Bench, request.Site);
        Hide(job, site);
        await RequireServicesAsync(site.Folder, site.Bench, cancel);
        var apps = await versions.OfSiteAsync(site.Database, cancel);
        var now = await versions.OfBenchAsync(job, log, site.Folder, cancel);
        var then = now;
        if (request.TargetBench is { } targetName)
            then = await CheckTargetAsync(job, log, site, targetName, apps, now, cancel);

        var size = await copies.CheckSpaceAsync(site.Database, cancel);
        var plan = new UpdatePlan(
            job.Id,
            site.Name,
            request.Bench,
            request.TargetBench ?? request.Bench,
            site.Database.Value,
            MaintenanceMode.Read(site.ConfigFile),
            [.. apps.Select(app => then.FirstOrDefault(each => each.App == app)).OfType<AppVersion>()],
            UpdatePhase.Preparing,
            Tables: null);
        return (site, plan, StepOutcome.Done($"{string.Join(", ", plan.Apps.Select(each => $"{each.App} {each.Version}"))}; database of {size >> 20} MB"));
    }

    private async Task<IReadOnlyList<AppVersion>> CheckTargetAsync(
        JobContext job, StepLog log, SiteOnServer site, BenchName name, IReadOnlyList<AppName> apps, IReadOnlyList<AppVersion> now, CancellationToken cancel)
    {
        var folder = catalog.Folder(name);
        var record = folder.Read()
            ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {name} on this server.", "Create the bench first.");
        if (Directory.Exists(folder.SiteFolder(site.Name)) || Directory.Exists(Path.Combine(folder.Path, "backups", site.Name.Value)))
            throw new JobFailedException(JobErrorCodes.SiteExists, $"Bench {name} has a folder of {site.Name} already.", "Look what it is, and put it away.");

        await RequireServicesAsync(folder, record, cancel);
        var then = await versions.OfBenchAsync(job, log, folder, cancel);
        BenchVersions.RequireNewer(apps, name, now, then);
        return then;
    }

    /// <summary>All services answer. Without redis-queue migrate would wait for nearly two minutes and then pretend that all was well.</summary>
    private async Task RequireServicesAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        var probe = new BenchProbe(engine, http, time, folder, record, BenchServices.All);
        var started = time.GetTimestamp();
        while (await probe.LookAsync(cancel) is { } missing)
        {
            if (time.GetElapsedTime(started) > Patience)
                throw new JobFailedException(JobErrorCodes.NotReady, $"Bench {folder.Bench} is not ready: {missing}.", "Look at that service's output; restart the bench if it does not come up by itself.");

            await Task.Delay(Look, time, cancel);
        }
    }

    private static void Hide(JobContext job, SiteOnServer site)
    {
        var config = SiteConfigFile.Read(site.ConfigFile);
        foreach (var key in (string[])["db_password", "encryption_key", "backup_encryption_key"])
        {
            if (config[key]?.ToString() is { Length: > 0 } secret)
                job.Redactor.Add(secret);
        }
    }
}

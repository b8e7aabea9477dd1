using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Updates;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>
/// Installing and uninstalling an app: the site is closed, its tables are copied inside MariaDB, bench works, the site opens. When any of it fails the
/// copies are put back, whatever bench had done by then: bench itself leaves half an app behind.
/// </summary>
internal abstract class AppWork(BenchCatalog catalog, BenchProgram bench, SiteDatabase database, TableCopies copies, SiteProbe probe, JobType type)
    : SiteWork<StoredApp>(catalog, SiteJson.Default.StoredApp, type)
{
    private const string SiteClaim = "site";
    private const string TablesClaim = "tables";
    private const int ServiceUnavailable = 503;
    private const int Ok = 200;

    protected static AppName Framework { get; } = AppName.Parse("frappe");

    protected SiteDatabase Database => database;

    public override async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == SiteClaim) is not { } claim)
            return;

        var site = Require(Read(job.Request));
        using var log = job.OpenCompensationLog();
        if (job.Claims.FirstOrDefault(each => each.Kind == TablesClaim) is { } tables)
        {
            var before = JsonSerializer.Deserialize(tables.Value, SiteJson.Default.IReadOnlyListString)!;
            var (putBack, dropped) = await copies.PutBackAsync(site.Database, before, touched: null, cancel);
            log.Line($"{putBack} tables put back, {dropped} new ones dropped");
            await bench.RunAsync(job, log, site.Backend, ["bench", "--site", site.Name.Value, "clear-cache"], [], cancel);
        }

        await copies.DropAsync(site.Database, cancel);
        MaintenanceMode.Restore(site.ConfigFile, Keys(claim));
        log.Line("The site is as it was");
    }

    /// <summary>Closes the site; from here on the job has something to take back.</summary>
    protected Task CloseAsync(JobContext job, SiteOnServer site, CancellationToken cancel) => job.StepAsync(SiteWorkSteps.Pause, async log =>
    {
        await copies.CheckSpaceAsync(site.Database, cancel);
        job.Claim(new JobClaim(SiteClaim, JsonSerializer.Serialize(MaintenanceMode.Read(site.ConfigFile), SiteJson.Default.MaintenanceKeys)));
        MaintenanceMode.Close(site.ConfigFile);
        return await probe.WaitAsync(DomainName.Of(site.Name), ServiceUnavailable, log, cancel);
    });

    /// <summary>Copies the tables; the claim comes after them, so that half of them are never put back.</summary>
    protected async Task CopyAsync(JobContext job, StepLog log, SiteOnServer site, CancellationToken cancel)
    {
        var tables = await copies.TakeAsync(site.Database, log, cancel);
        job.Claim(new JobClaim(TablesClaim, JsonSerializer.Serialize(tables, SiteJson.Default.IReadOnlyListString)));
        log.Line($"{tables.Count} tables copied inside MariaDB");
    }

    protected async Task BenchAsync(JobContext job, StepLog log, SiteOnServer site, IReadOnlyList<string> command, string otherwise, CancellationToken cancel)
    {
        var result = await bench.RunAsync(job, log, site.Backend, ["bench", "--site", site.Name.Value, .. command], [], cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain(otherwise, result);
    }

    /// <summary>Opens the site again and asks it; the copies go when it has answered.</summary>
    protected async Task OpenAsync(JobContext job, SiteOnServer site, CancellationToken cancel)
    {
        var before = Keys(job.Claims.First(claim => claim.Kind == SiteClaim));
        await job.StepAsync(SiteWorkSteps.Resume, _ =>
        {
            MaintenanceMode.Restore(site.ConfigFile, before);
            return Task.FromResult(before.WasOn ? StepOutcome.Nothing("maintenance stays on, as it was") : StepOutcome.Done("maintenance off"));
        });
        await job.StepAsync(SiteWorkSteps.Verify, async log =>
        {
            var outcome = await probe.WaitAsync(DomainName.Of(site.Name), before.WasOn ? ServiceUnavailable : Ok, log, cancel);
            job.PassReturn();
            await copies.DropAsync(site.Database, cancel);
            return outcome;
        });
    }

    /// <summary>The site has answered: only the copies are still to go.</summary>
    public override async Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        var site = Require(Read(job.Request));
        await copies.DropAsync(site.Database, cancel);
        return await ResultAsync(site, cancel);
    }

    protected abstract Task<JsonElement> ResultAsync(SiteOnServer site, CancellationToken cancel);

    private static MaintenanceKeys Keys(JobClaim claim) => JsonSerializer.Deserialize(claim.Value, SiteJson.Default.MaintenanceKeys)!;
}

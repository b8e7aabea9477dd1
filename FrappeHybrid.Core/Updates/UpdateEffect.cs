using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>What updates, migrations and recoveries mean to a site: it works while they run, and is where the Agent says that it is when they have ended.</summary>
internal sealed class UpdateEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = UpdateJobTypes.All;

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var site = await db.Sites.FindAsync([job.SiteId], cancel);
        if (site is null)
            return Error.NotFound;
        if (job.Type == UpdateJobTypes.RecoverSite.Key)
        {
            if (site.State is not SiteState.Fatal)
                return new Error("site-not-fatal", $"There is nothing of {site.Name} to take back.", "Open the site to see where it is.");
            site.Become(SiteState.Working, "Taking the update back");
            return null;
        }

        if (!site.IsServing)
            return SiteOrders.NotServing(site);
        if (site.BenchId != job.BenchId)
            return new Error("site-moved", $"{site.Name} is in another bench by now.", "Open the site and begin from there.");
        if (job.Type == UpdateJobTypes.MigrateSite.Key)
        {
            site.Become(SiteState.Working, "Migrating");
            return null;
        }

        var target = await TargetAsync(db, job, cancel);
        if (target is null)
            return new Error("bench-not-found", "The bench to update to is not there any more.", "Choose another one.");
        var (from, to) = (await ReleaseAsync(db, site.BenchId, cancel), await ReleaseAsync(db, target.Id, cancel));
        if (UpdateRules.Refuse(site, from, target, to) is { } refused)
            return refused;
        site.Become(SiteState.Working, $"Updating to {to.Version} in {target.Name}");
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var site = await db.Sites.FindAsync([job.SiteId], cancel);
        if (site is not { State: SiteState.Working } || await IsOfAnotherAsync(db, job, cancel))
            return;
        if (job.State is RunState.Success)
        {
            if (job.Type == UpdateJobTypes.UpdateSite.Key && await TargetAsync(db, job, cancel) is { } target)
                site.BenchId = target.Id;
            site.Become(SiteState.Active, null);
            return;
        }

        var (next, reason) = (job.ErrorCode, job.State, job.Type == UpdateJobTypes.RecoverSite.Key) switch
        {
            (JobErrorCodes.UpdateFatal, _, _) or (_, _, true) => (SiteState.Fatal, job.EndReason),

            // Where the site is nobody knows: the Agent may have been in the middle of it.
            ("agent-lost-job", _, _) => (SiteState.Fatal, "The Agent lost the job in the middle. Recover the site: what is half done is taken back, or it turns out that all is well."),
            (JobErrorCodes.UpdateRecovered, RunState.Failure, _) => (SiteState.Recovered, job.EndReason),
            _ => (SiteState.Active, (string?)null),
        };
        site.Become(next, reason);
    }

    /// <summary>A late word on an old job must not settle what a newer one works on.</summary>
    private static Task<bool> IsOfAnotherAsync(PortalDb db, Job job, CancellationToken cancel) => db.Jobs.AnyAsync(
        other => other.SiteId == job.SiteId && other.Id != job.Id && other.CreatedAt >= job.CreatedAt
            && (other.State == RunState.Undelivered || other.State == RunState.Pending || other.State == RunState.Running),
        cancel);

    private static async Task<Bench?> TargetAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var name = job.Request is null ? null : JsonSerializer.Deserialize(job.Request, UpdateJson.Default.UpdateSiteRequest)?.TargetBench;
        return name is null ? null : await db.Benches.FirstOrDefaultAsync(bench => bench.ServerId == job.ServerId && bench.Name == name && bench.State != BenchState.Archived, cancel);
    }

    private static Task<Release> ReleaseAsync(PortalDb db, Guid benchId, CancellationToken cancel) =>
        db.Benches.Where(bench => bench.Id == benchId).Join(db.Releases, bench => bench.ReleaseId, release => release.Id, (_, release) => release).SingleAsync(cancel);
}

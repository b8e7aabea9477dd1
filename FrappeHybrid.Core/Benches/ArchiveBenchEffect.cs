using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>"Archive Bench" takes no bench that has sites, and nobody puts one into it meanwhile; when it fails the bench runs on.</summary>
internal sealed class ArchiveBenchEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [BenchJobTypes.Archive];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var bench = await db.Benches.SingleAsync(each => each.Id == job.BenchId, cancel);
        if (!bench.CanBecome(BenchState.Archiving))
            return BenchOrders.NotActive(bench);
        var sites = await db.Sites.Where(site => site.BenchId == bench.Id && site.State != SiteState.Archived && site.State != SiteState.Trashed)
            .OrderBy(site => site.Name).Select(site => site.Name).ToListAsync(cancel);
        if (sites.Count > 0)
            return HasSites(bench, [.. sites.Select(site => site.Value)]);
        bench.Become(BenchState.Archiving, null);
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Benches.FindAsync([job.BenchId], cancel) is not { State: BenchState.Archiving } bench)
            return;
        if (job.State is RunState.Success)
            bench.Become(BenchState.Archived, "Archived.");
        else
            bench.Become(BenchState.Active, $"It could not be archived: {job.EndReason}");
    }

    private static Error HasSites(Bench bench, IReadOnlyList<string> sites) => new(
        "bench-has-sites",
        sites.Count == 1 ? $"The bench {bench.Name} still has the site {sites[0]}." : $"The bench {bench.Name} still has {sites.Count} sites: {string.Join(", ", sites)}.",
        "Move them to another bench, or drop them first.");
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Benches;

/// <summary>"New Bench": CreateBench and RetryBench move the bench themselves; its end settles it.</summary>
internal sealed class NewBenchEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [JobTypes.NewBench];

    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) => Task.FromResult<Error?>(null);

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Benches.FindAsync([job.BenchId], cancel) is not { } bench)
            return;
        bench.Settle(job);
        if (job.ResultAs(AgentJson.Default.NewBenchResult)?.ImageDigest is { } digest && job.FinishedAt is { } at && await db.Releases.FindAsync([bench.ReleaseId], cancel) is { } release)
            release.See(digest, at);
    }
}

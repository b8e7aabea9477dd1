using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>A server that has pulled a release has seen its digest.</summary>
internal sealed class PullImageEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [BenchJobTypes.PullImage];

    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) => Task.FromResult<Error?>(null);

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (job.State is RunState.Success && job.ResultAs(BenchWorkJson.Default.PullImageResult) is { Digest: { } digest } result && job.FinishedAt is { } at
            && await db.Releases.SingleOrDefaultAsync(release => release.Image == result.Image, cancel) is { } pulled)
        {
            pulled.See(digest, at);
        }
    }
}

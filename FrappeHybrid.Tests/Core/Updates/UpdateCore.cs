using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Updates;

/// <summary>A core with a bench of the older release, one of the newer, and jobs that end as a test wants.</summary>
internal sealed class UpdateCore : IAsyncDisposable
{
    private UpdateCore(TestCore core) => Core = core;

    public TestCore Core { get; }

    public Bench Old { get; private set; } = null!;

    public Bench New { get; private set; } = null!;

    private static CancellationToken Cancel => TestCore.Cancel;

    public static async Task<UpdateCore> StartAsync(BenchState newState = BenchState.Active)
    {
        var scene = new UpdateCore(await TestCore.StartAsync());
        var server = await scene.Core.AddServerAsync();
        scene.Old = await scene.Core.AddBenchAsync(server);
        scene.New = await scene.AddBenchAsync(server.Id, "next", "15.51.0", newState);
        return scene;
    }

    public async Task<Bench> AddBenchAsync(Guid serverId, string name, string version, BenchState state = BenchState.Active)
    {
        await using var db = await Core.DbAsync();
        var release = new Release { Id = NewId.At(Core.Time), Name = $"ERPNext {version}", Version = version, Image = ImageReference.Parse($"frappe/erpnext:{name}"), Apps = ["frappe", "erpnext"], CreatedAt = Core.Time.GetUtcNow() };
        var bench = new Bench { Id = NewId.At(Core.Time), TeamId = Core.Team.Id, ServerId = serverId, ReleaseId = release.Id, Name = BenchName.Parse(name), CreatedAt = Core.Time.GetUtcNow() };
        if (state is not BenchState.Installing)
            bench.Become(state, null);
        db.Add(release);
        db.Add(bench);
        await db.SaveChangesAsync(Cancel);
        return bench;
    }

    public Task<Result<Guid>> UpdateAsync(Site site) => Core.Get<UpdateSite>().RunAsync(Core.Owner, site.Id, New.Id, false, Cancel);

    public async Task<Site> SiteAsync(Guid id)
    {
        await using var db = await Core.DbAsync();
        return await db.Sites.AsNoTracking().SingleAsync(site => site.Id == id, Cancel);
    }

    public async Task<BenchUpdate> BenchUpdateAsync()
    {
        await using var db = await Core.DbAsync();
        return await db.BenchUpdates.AsNoTracking().Include(update => update.Sites.OrderBy(site => site.Number)).SingleAsync(Cancel);
    }

    /// <summary>The Agent tells how the job ended.</summary>
    public async Task EndAsync(Guid jobId, JobState state, string? code = null)
    {
        await using var db = await Core.DbAsync();
        var job = await db.Jobs.Include(each => each.Steps).SingleAsync(each => each.Id == jobId, Cancel);
        var type = JobTypes.Find(job.Type)!;
        var told = Snapshots.Of(jobId, type, state, code is null ? null : new JobError(code, "The patch x failed.", "Do this.", null));
        if (state is JobState.Success)
            told = told with { Result = JsonSerializer.SerializeToElement(new UpdateSiteResult(New.Name, [], 2.5, 4, []), UpdateJson.Default.UpdateSiteResult) };
        job.Apply(told);
        await Core.Get<JobEffects>().SettleAsync(db, job, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    public ValueTask DisposeAsync() => Core.DisposeAsync();
}

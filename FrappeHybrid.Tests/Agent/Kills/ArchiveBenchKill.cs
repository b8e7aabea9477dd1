using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class ArchiveBenchKill() : KillCase(BenchJobTypes.Archive)
{
    private const string Bench = "bench";

    /// <summary>An undone one is taken again: only a finished one needs another bench.</summary>
    private BenchName? empty;

    public override async Task PrepareAsync(KillGround ground)
    {
        empty = empty is { } last && Directory.Exists(ground.Server.Paths.BenchFolder(last)) ? last : await ground.NewBenchAsync();
        ground.Notes[Bench] = empty;
    }

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(BenchPaths.ForArchive(Of(ground)), "{}");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var bench = Of(ground);
        Assert.Equal("", await AgentServer.BenchObjectsAsync(bench));
        Assert.False(Directory.Exists(ground.Server.Paths.BenchFolder(bench)));
        Assert.True(File.Exists(Path.Combine(FolderOf(job), "bench.json")));
        Assert.Equal("", change.WithoutAbout($"{bench}-", $"/{bench}", "archived").ToString());
        await ground.AssertServesAsync();
    }

    public override Task AssertUndoneAsync(KillGround ground, JobSnapshot job) =>
        ground.Server.UntilAsync(async () => (await ground.Server.ReadAsync(Of(ground))).Services.All(service => service.State == "running"));

    public override Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        Directory.Delete(FolderOf(job), recursive: true);
        return Task.CompletedTask;
    }

    private static BenchName Of(KillGround ground) => (BenchName)ground.Notes[Bench];

    private static string FolderOf(JobSnapshot job) => job.Result!.Value.Deserialize(BenchWorkJson.Default.ArchiveBenchResult)!.Folder;
}

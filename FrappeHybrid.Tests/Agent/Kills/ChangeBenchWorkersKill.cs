using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class ChangeBenchWorkersKill() : KillCase(BenchJobTypes.ChangeWorkers)
{
    public override async Task<Guid> OrderAsync(KillGround ground)
    {
        var before = (await ground.Server.ReadAsync(ground.Bench)).Workers!;
        ground.Notes["workers"] = before;
        return await ground.OrderAsync(BenchPaths.ForWorkers(ground.Bench), JsonSerializer.Serialize(Other(before), BenchWorkJson.Default.BenchWorkers));
    }

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.WithoutAbout("/bench.json").ToString());
        Assert.Equal(Other((BenchWorkers)ground.Notes["workers"]), (await ground.Server.ReadAsync(ground.Bench)).Workers);
        await ground.AssertServesAsync();
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        var before = (BenchWorkers)ground.Notes["workers"];
        Assert.Equal(before, (await ground.Server.ReadAsync(ground.Bench)).Workers);
        Assert.Contains($"GUNICORN_THREADS={before.GunicornThreads} ", await Shell.RunAsync("docker", "inspect", $"{ground.Bench}-backend", "--format", "{{.Config.Env}}"), StringComparison.Ordinal);
        await ground.Server.UntilAsync(async () => (await ground.Server.ReadAsync(ground.Bench, ground.Site)).Status == 200);
    }

    private static BenchWorkers Other(BenchWorkers workers) => workers with { GunicornThreads = workers.GunicornThreads == 3 ? 4 : 3 };
}

using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class ChangeBenchLimitsKill() : KillCase(BenchJobTypes.ChangeLimits)
{
    public override async Task<Guid> OrderAsync(KillGround ground)
    {
        var before = (await ground.Server.ReadAsync(ground.Bench)).Limits!;
        ground.Notes["limits"] = before;
        return await ground.OrderAsync(BenchPaths.ForLimits(ground.Bench), JsonSerializer.Serialize(Other(before), BenchWorkJson.Default.BenchLimits));
    }

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.WithoutAbout("/bench.json", $"container {ground.Bench}-backend ").ToString());
        return AssertLimitsAsync(ground, Other((BenchLimits)ground.Notes["limits"]));
    }

    public override Task AssertUndoneAsync(KillGround ground, JobSnapshot job) => AssertLimitsAsync(ground, (BenchLimits)ground.Notes["limits"]);

    private static BenchLimits Other(BenchLimits limits) => limits with { BackendMegabytes = limits.BackendMegabytes == 1000 ? 1100 : 1000 };

    private static async Task AssertLimitsAsync(KillGround ground, BenchLimits expected)
    {
        var bench = await ground.Server.ReadAsync(ground.Bench);
        Assert.Equal(expected, bench.Limits);
        Assert.All(bench.Services, service => Assert.Equal(expected.MegabytesOf(service.Service), service.MemoryLimitMegabytes));
        await ground.AssertServesAsync();
    }
}

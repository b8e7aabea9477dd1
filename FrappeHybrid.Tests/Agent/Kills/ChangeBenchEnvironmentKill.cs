using System.Globalization;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class ChangeBenchEnvironmentKill() : KillCase(BenchJobTypes.ChangeEnvironment)
{
    private int number;

    public override async Task<Guid> OrderAsync(KillGround ground)
    {
        ground.Notes["before"] = await ReadAsync(ground);
        return await ground.OrderAsync(BenchPaths.ForEnvironment(ground.Bench), string.Create(CultureInfo.InvariantCulture, $$$"""{"changes":{"KILLED":"{{{++number}}}"}}"""));
    }

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.WithoutAbout("/environment.json").ToString());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $$"""[{"name":"KILLED","value":"{{number}}"}]"""), await ReadAsync(ground));
        await ground.AssertServesAsync();
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        Assert.Equal((string)ground.Notes["before"], await ReadAsync(ground));
        await ground.Server.UntilAsync(async () => (await ground.Server.ReadAsync(ground.Bench, ground.Site)).Status == 200);
    }

    private static Task<string> ReadAsync(KillGround ground) => ground.Server.Client.GetStringAsync(BenchPaths.ForEnvironment(ground.Bench));
}

using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class RestartBenchKill() : KillCase(BenchJobTypes.Restart)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(BenchPaths.ForRestart(ground.Bench), "{}");

    public override Task AssertUndoneAsync(KillGround ground, JobSnapshot job) => ground.Server.UntilAsync(
        async () => (await ground.Server.ReadAsync(ground.Bench, ground.Site)).Status == 200);
}

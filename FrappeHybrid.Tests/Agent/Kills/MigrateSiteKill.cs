using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class MigrateSiteKill() : KillCase(UpdateJobTypes.MigrateSite)
{
    public override string? UndoneCode => JobErrorCodes.UpdateRecovered;

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(UpdateRoutes.ForMigrate(ground.Bench, ground.Site), """{"skipFailingPatches":false}""");
}

using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>The lab's image is on the server already, and its registry is out of reach: the pull ends with what is there.</summary>
internal sealed class PullImageKill() : KillCase(BenchJobTypes.PullImage)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(BenchPaths.PullImage, $$"""{"image":"{{ground.Server.Images.Release}}"}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.Without(MayStay).ToString());
        await ground.AssertServesAsync();
    }

    /// <summary>The image stays, and with it what the Agent notes of it.</summary>
    public override bool MayStay(string entry) => entry.Contains("/pulled-images.json", StringComparison.Ordinal);
}

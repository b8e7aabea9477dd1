using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>A site whose update failed, and whose way back failed too. A killed "Recover" leaves it closed, so that it can be tried again; a finished one opens it.</summary>
internal sealed class RecoverSiteKill() : UpdateSiteKill(UpdateJobTypes.RecoverSite)
{
    private bool isFatal;

    public override string? UndoneCode => JobErrorCodes.UpdateFatal;

    public override async Task PrepareAsync(KillGround ground)
    {
        var site = Site;
        await base.PrepareAsync(ground);
        isFatal &= site is not null && site == Site;
        if (isFatal)
            return;

        await SetAsync(ground, "lab_fail_patch", "1");
        await SetAsync(ground, "lab_fail_clear_cache", "4");
        var job = await ground.Server.UntilEndAsync(await UpdateAsync(ground));
        Assert.Equal(JobErrorCodes.UpdateFatal, job.Error?.Code);
        isFatal = true;
    }

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(UpdateRoutes.ForRecover(ground.Bench, Site!), "{}");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal((200, false), ((await ground.Server.ReadAsync(ground.Bench, Site!)).Status, (await ground.Server.ReadAsync(ground.Bench, Site!)).MaintenanceMode));
        Assert.DoesNotContain(change.Added, entry => entry.Contains("_copy", StringComparison.Ordinal) || entry.Contains("/updates", StringComparison.Ordinal));
        await ground.AssertServesAsync();
    }

    /// <summary>The shared site is not touched; this one is where the killed job left it, and the next case takes it from there.</summary>
    public override Task AssertUndoneAsync(KillGround ground, JobSnapshot job) => ground.AssertServesAsync();

    public override bool MayStay(string entry) =>
        entry.Contains($"{Site}", StringComparison.Ordinal) || entry.Contains("config/hosts", StringComparison.Ordinal) || entry.Contains("_copy", StringComparison.Ordinal) || entry.Contains("/updates", StringComparison.Ordinal);

    public override Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        isFatal = false;
        return base.TidyAsync(ground, job);
    }

    private Task<string> SetAsync(KillGround ground, string key, string value) =>
        AgentServer.BenchCommandAsync(ground.Bench, "--site", Site!.Value, "set-config", key, value);
}

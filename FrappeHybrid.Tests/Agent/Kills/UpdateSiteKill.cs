using System.Text.Json;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal class UpdateSiteKill : KillCase
{
    private AgentServer? server;

    public UpdateSiteKill()
        : this(UpdateJobTypes.UpdateSite)
    {
    }

    protected UpdateSiteKill(JobType type)
        : base(type)
    {
    }

    public override string? UndoneCode => JobErrorCodes.UpdateRecovered;

    /// <summary>A bench of the newer release.</summary>
    protected BenchName? Newer { get; private set; }

    /// <summary>A site of its own: a finished update moves it away for good.</summary>
    protected SiteName? Site { get; set; }

    public override async Task PrepareAsync(KillGround ground)
    {
        if (server != ground.Server)
        {
            server = ground.Server;
            Newer = BenchName.Parse($"{server.Prefix}-{ground.Fresh()}");
            Site = null;
            await ground.SucceedAsync(await server.NewBenchAsync(Newer, server.Images.NewerRelease));
        }

        Site ??= await ground.NewSiteAsync("erpnext");
    }

    public override Task<Guid> OrderAsync(KillGround ground) => UpdateAsync(ground);

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal(200, (await ground.Server.ReadAsync(Newer!, Site!)).Status);
        Assert.Equal("", change.WithoutAbout($"/{Site}", "config/hosts", "tabDelivery Report").ToString());
        Assert.DoesNotContain(change.Added, entry => entry.Contains($"{ground.Bench}/sites/", StringComparison.Ordinal) || entry.Contains("/updates/", StringComparison.Ordinal));
        Assert.Contains(change.Gone, entry => entry.EndsWith($"{ground.Bench}/sites/{Site}", StringComparison.Ordinal));
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        await base.AssertUndoneAsync(ground, job);
        Assert.Equal((200, false), ((await ground.Server.ReadAsync(ground.Bench, Site!)).Status, (await ground.Server.ReadAsync(ground.Bench, Site!)).MaintenanceMode));
    }

    /// <summary>The site's line goes to the end of the file.</summary>
    public override bool MayStay(string entry) => entry.Contains("config/hosts", StringComparison.Ordinal);

    public override Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        Site = null;
        return Task.CompletedTask;
    }

    protected Task<Guid> UpdateAsync(KillGround ground) => ground.OrderAsync(
        UpdateRoutes.ForUpdate(ground.Bench, Site!), JsonSerializer.Serialize(new UpdateSiteRequest(Newer!, SkipFailingPatches: false), UpdateJson.Default.UpdateSiteRequest));
}

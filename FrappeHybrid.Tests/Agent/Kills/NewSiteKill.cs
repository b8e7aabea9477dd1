using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;
using System.Text.Json;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class NewSiteKill() : KillCase(JobTypes.NewSite)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.Server.NewSiteAsync(ground.Bench, $"{ground.Fresh()}.example.com", KillGround.Password, "erpnext");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var site = $"{ground.Name}.example.com";
        var database = job.Result!.Value.Deserialize(AgentJson.Default.NewSiteResult)!.DatabaseName;
        Assert.Equal("", change.WithoutAbout($"/{site}", database, "config/hosts").ToString());
        Assert.Contains($"database {database}", change.Added);
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, SiteName.Parse(site))).Status);
    }
}

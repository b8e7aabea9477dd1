using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class ClearCacheKill() : KillCase(SiteJobTypes.ClearCache)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForClearCache(ground.Bench, ground.Site), "{}");
}

internal sealed class SetSchedulerKill() : KillCase(SiteJobTypes.SetScheduler)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForScheduler(ground.Bench, ground.Site), """{"enabled":false}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.False((await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, ground.Site)).SchedulerEnabled);
        Assert.Equal("", change.ToString());
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job) =>
        Assert.True((await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, ground.Site)).SchedulerEnabled);

    public override async Task TidyAsync(KillGround ground, JobSnapshot job) =>
        await ground.SucceedAsync(await ground.OrderAsync(SiteWorkRoutes.ForScheduler(ground.Bench, ground.Site), """{"enabled":true}"""));
}

internal sealed class SetMaintenanceKill() : KillCase(SiteJobTypes.SetMaintenance)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForMaintenance(ground.Bench, ground.Site), """{"on":true}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) =>
        Assert.Equal(503, (await ground.Server.ReadAsync(ground.Bench, ground.Site)).Status);

    public override async Task TidyAsync(KillGround ground, JobSnapshot job) =>
        await ground.SucceedAsync(await ground.OrderAsync(SiteWorkRoutes.ForMaintenance(ground.Bench, ground.Site), """{"on":false}"""));
}

internal sealed class SetAdministratorPasswordKill() : KillCase(SiteJobTypes.SetAdministratorPassword)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        SiteWorkRoutes.ForAdministratorPassword(ground.Bench, ground.Site),
        JsonSerializer.Serialize(new SetAdministratorPasswordRequest(KillGround.Password, false), SiteWorkJson.Default.SetAdministratorPasswordRequest));
}

internal sealed class ChangeConfigKill() : KillCase(SiteJobTypes.ChangeConfig)
{
    public override async Task PrepareAsync(KillGround ground)
    {
        var file = Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).SiteFolder(ground.Site), "site_config.json");
        SiteConfigFile.Change(file, config => config.Remove("mute_emails"));
        await Shell.TryAsync("chown", "1000:1000", file);
        ground.Notes["version"] = SiteConfigFile.Version(file);
        ground.Notes["file"] = file;
    }

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        SiteWorkRoutes.ForConfig(ground.Bench, ground.Site), $$"""{"version":"{{ground.Notes["version"]}}","set":{"mute_emails":1},"remove":[]}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.NotEqual(ground.Notes["version"], SiteConfigFile.Version((string)ground.Notes["file"]));
        await ground.AssertServesAsync();
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        Assert.Equal(ground.Notes["version"], SiteConfigFile.Version((string)ground.Notes["file"]));
        await ground.AssertServesAsync();
    }
}

internal sealed class ChangeDomainsKill() : KillCase(SiteJobTypes.ChangeDomains)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        SiteWorkRoutes.ForDomains(ground.Bench, ground.Site), """{"domains":["killed.example.net"],"primary":"killed.example.net","redirect":true}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("killed.example.net", (await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, ground.Site)).PrimaryDomain.Value);
        await ground.AssertServesAsync();
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        Assert.DoesNotContain("killed.example.net", await File.ReadAllTextAsync(new BenchFolder(ground.Server.Paths, ground.Bench).NginxFile(ground.Site)), StringComparison.Ordinal);
        await ground.AssertServesAsync();
    }

    public override async Task TidyAsync(KillGround ground, JobSnapshot job) =>
        await ground.SucceedAsync(await ground.OrderAsync(SiteWorkRoutes.ForDomains(ground.Bench, ground.Site), """{"domains":[],"redirect":false}"""));
}

internal sealed class RenameSiteKill() : KillCase(SiteJobTypes.Rename)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForRename(ground.Bench, ground.Site), """{"newName":"renamed.example.com"}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) =>
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, SiteName.Parse("renamed.example.com"))).Status);

    public override async Task TidyAsync(KillGround ground, JobSnapshot job) => await ground.SucceedAsync(
        await ground.OrderAsync(SiteWorkRoutes.ForRename(ground.Bench, SiteName.Parse("renamed.example.com")), $$"""{"newName":"{{ground.Site}}"}"""));
}

internal sealed class InstallAppKill() : KillCase(SiteJobTypes.InstallApp)
{
    public override async Task PrepareAsync(KillGround ground)
    {
        ground.Notes["site"] = ground.Notes.GetValueOrDefault("site") ?? await ground.NewSiteAsync();
    }

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForApps(ground.Bench, (SiteName)ground.Notes["site"]), """{"app":"erpnext"}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal(["frappe", "erpnext"], (await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, (SiteName)ground.Notes["site"])).Apps.Select(app => app.App.Value));
        Assert.DoesNotContain("_copy", change.ToString(), StringComparison.Ordinal);
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        var site = (SiteName)ground.Notes["site"];
        Assert.Equal(["frappe"], (await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, site)).Apps.Select(app => app.App.Value));
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, site)).Status);
    }
}

internal sealed class UninstallAppKill() : KillCase(SiteJobTypes.UninstallApp)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(SiteWorkRoutes.ForUninstallApp(ground.Bench, ground.Site), """{"app":"erpnext"}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal(["frappe"], (await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, ground.Site)).Apps.Select(app => app.App.Value));
        Assert.DoesNotContain("_copy", change.ToString(), StringComparison.Ordinal);
    }

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job)
    {
        Assert.Equal(["frappe", "erpnext"], (await SiteWorkEngineTests.FactsAsync(ground.Server, ground.Bench, ground.Site)).Apps.Select(app => app.App.Value));
        await ground.AssertServesAsync();
    }

    /// <summary>The backup that was taken first is good, whatever came of the rest.</summary>
    public override bool MayStay(string entry) => entry.Contains("/backups/", StringComparison.Ordinal);

    public override async Task TidyAsync(KillGround ground, JobSnapshot job) =>
        await ground.SucceedAsync(await ground.OrderAsync(SiteWorkRoutes.ForApps(ground.Bench, ground.Site), """{"app":"erpnext"}"""));
}

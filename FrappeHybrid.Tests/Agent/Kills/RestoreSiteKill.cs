using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class RestoreSiteKill() : KillCase(RestoreJobTypes.RestoreSite)
{
    public override async Task PrepareAsync(KillGround ground) => await RestoreKills.BackUpAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        RestoreRoutes.ForRestore(ground.Bench, ground.Site),
        JsonSerializer.Serialize(new RestoreSiteRequest(RestoreKills.Backup(ground), SafetyBackup: true), RestoreJson.Default.RestoreSiteRequest));

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) => RestoreKills.AssertReplacedAsync(ground, job, change);
}

internal sealed class ReinstallSiteKill() : KillCase(RestoreJobTypes.ReinstallSite)
{
    public override async Task PrepareAsync(KillGround ground) => await RestoreKills.BackUpAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        RestoreRoutes.ForReinstall(ground.Bench, ground.Site), JsonSerializer.Serialize(new ReinstallSiteRequest(KillGround.Password, SafetyBackup: true), RestoreJson.Default.ReinstallSiteRequest));

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) => RestoreKills.AssertReplacedAsync(ground, job, change);
}

internal sealed class RestoreNewSiteKill() : KillCase(RestoreJobTypes.RestoreNewSite)
{
    public override async Task PrepareAsync(KillGround ground) => await RestoreKills.BackUpAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        RestoreRoutes.ForRestoreNew(ground.Bench),
        JsonSerializer.Serialize(new RestoreNewSiteRequest(RestoreKills.NewName(ground), RestoreKills.Backup(ground), KillGround.Password, Quiet: true), RestoreJson.Default.RestoreNewSiteRequest));

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) => RestoreKills.AssertMadeAsync(ground, job, change);
}

internal sealed class CloneSiteKill() : KillCase(RestoreJobTypes.CloneSite)
{
    // The folder of the site's backups is there from the first one on.
    public override async Task PrepareAsync(KillGround ground) => await RestoreKills.BackUpAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(
        RestoreRoutes.ForClone(ground.Bench, ground.Site),
        JsonSerializer.Serialize(new CloneSiteRequest(RestoreKills.NewName(ground), ground.Bench, KillGround.Password, Quiet: true), RestoreJson.Default.CloneSiteRequest));

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change) => RestoreKills.AssertMadeAsync(ground, job, change);
}

internal sealed class DropSiteKill() : KillCase(RestoreJobTypes.DropSite)
{
    public override async Task PrepareAsync(KillGround ground)
    {
        if (ground.Notes.ContainsKey("site"))
            return;

        var site = await ground.NewSiteAsync();
        ground.Notes["site"] = site;
        ground.Notes["database"] = RestoreKills.DatabaseOf(ground, site);
    }

    public override Task<Guid> OrderAsync(KillGround ground) =>
        ground.OrderAsync(RestoreRoutes.ForDrop(ground.Bench, (SiteName)ground.Notes["site"]), """{"withoutBackup":false}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var site = (SiteName)ground.Notes["site"];
        var database = (string)ground.Notes["database"];
        Assert.Equal("", RestoreKills.WithoutFolders(change.WithoutAbout($"/{site}", database, "config/hosts")).ToString());
        Assert.Contains($"database {database}", change.Gone);
        Assert.Contains(change.Added, entry => entry.EndsWith($"{site}-{job.Id}/site", StringComparison.Ordinal));
        Assert.DoesNotContain(change.Added, entry => entry.Contains($"sites/{site}", StringComparison.Ordinal));
        await ground.AssertServesAsync();
    }

    public override bool MayStay(string entry) => RestoreKills.IsFolderOfAll(entry) || entry.Contains("/backups", StringComparison.Ordinal) && entry.StartsWith("folder ", StringComparison.Ordinal);

    public override async Task AssertUndoneAsync(KillGround ground, JobSnapshot job) =>
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, (SiteName)ground.Notes["site"])).Status);
}

internal sealed class UntrashSiteKill() : KillCase(RestoreJobTypes.UntrashSite)
{
    public override async Task PrepareAsync(KillGround ground) => ground.Notes["trash"] = ground.Notes.GetValueOrDefault("trash") ?? await RestoreKills.DropAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground)
    {
        var trash = (PurgeSiteRequest)ground.Notes["trash"];
        return ground.OrderAsync(
            RestoreRoutes.ForUntrash(ground.Bench, trash.Site), JsonSerializer.Serialize(new UntrashSiteRequest(trash.Archive, trash.Site), RestoreJson.Default.UntrashSiteRequest));
    }

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var trash = (PurgeSiteRequest)ground.Notes["trash"];
        Assert.Equal("", RestoreKills.WithoutFolders(change.WithoutAbout($"/{trash.Site}", RestoreKills.DatabaseOf(ground, trash.Site), "config/hosts")).ToString());
        Assert.Contains(change.Gone, entry => entry.EndsWith($"{trash.Site}-{trash.Archive}", StringComparison.Ordinal));
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, trash.Site)).Status);
    }
}

internal sealed class PurgeTrashedSiteKill() : KillCase(RestoreJobTypes.PurgeTrashedSite)
{
    public override async Task PrepareAsync(KillGround ground) => ground.Notes["trash"] = ground.Notes.GetValueOrDefault("trash") ?? await RestoreKills.DropAsync(ground);

    public override Task<Guid> OrderAsync(KillGround ground)
    {
        var trash = (PurgeSiteRequest)ground.Notes["trash"];
        return ground.OrderAsync(RestoreRoutes.ForPurge(trash.Site, trash.Archive), JsonSerializer.Serialize(trash, RestoreJson.Default.PurgeSiteRequest));
    }

    public override Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var trash = (PurgeSiteRequest)ground.Notes["trash"];
        Assert.Equal("", change.WithoutAbout($"/{trash.Site}-{trash.Archive}").ToString());
        Assert.NotEmpty(change.Gone);
        return ground.AssertServesAsync();
    }
}

/// <summary>What the cases of restores have in common.</summary>
internal static class RestoreKills
{
    public static async Task BackUpAsync(KillGround ground)
    {
        if (ground.Notes.ContainsKey("backup"))
            return;

        var job = await ground.SucceedAsync(await ground.OrderAsync(BackupRoutes.ForBackups(ground.Bench, ground.Site), """{"withFiles":true}"""));
        ground.Notes["backup"] = job.Result!.Value.Deserialize(BackupJson.Default.BackupRecord)!;
        ground.Notes["database"] = DatabaseOf(ground, ground.Site);
    }

    public static BackupPlace Backup(KillGround ground) => new(ground.Bench, ground.Site, ((BackupRecord)ground.Notes["backup"]).Id);

    public static SiteName NewName(KillGround ground) => SiteName.Parse($"{ground.Fresh()}.example.com");

    public static string DatabaseOf(KillGround ground, SiteName site) =>
        SiteConfigFile.Read(Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).SiteFolder(site), "site_config.json"))["db_name"]!.GetValue<string>();

    public static async Task<PurgeSiteRequest> DropAsync(KillGround ground)
    {
        var site = await ground.NewSiteAsync();
        var job = await ground.SucceedAsync(await ground.OrderAsync(RestoreRoutes.ForDrop(ground.Bench, site), """{"withoutBackup":false}"""));
        return new PurgeSiteRequest(job.Result!.Value.Deserialize(RestoreJson.Default.DropSiteResult)!.Archive, site);
    }

    /// <summary>The site has another database now, a safety backup more, and nothing else is different.</summary>
    public static async Task AssertReplacedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var (old, database) = ((string)ground.Notes["database"], DatabaseOf(ground, ground.Site));
        var safety = job.Result!.Value.Deserialize(RestoreJson.Default.RestoreResult)!.SafetyBackup!;
        Assert.Equal("", change.WithoutAbout(old, database, $"{ground.Site}/site_config.json", $"backups/{ground.Site}/{safety.Id}").ToString());
        Assert.Contains($"database {database}", change.Added);
        Assert.Contains($"database {old}", change.Gone);
        await ground.AssertServesAsync();
    }

    /// <summary>A site is there that was not, and nothing else is different.</summary>
    public static async Task AssertMadeAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var site = SiteName.Parse($"{ground.Name}.example.com");
        var database = job.Result!.Value.Deserialize(RestoreJson.Default.RestoreResult)!.DatabaseName;
        Assert.Equal("", change.WithoutAbout($"/{site}", database, "config/hosts").ToString());
        Assert.Contains($"database {database}", change.Added);
        Assert.Equal(200, (await ground.Server.ReadAsync(ground.Bench, site)).Status);
        await ground.AssertServesAsync();
    }

    /// <summary>Folders that hold everybody's: there from the first of them on.</summary>
    public static bool IsFolderOfAll(string entry) => entry is "folder home/frappe/archived" || entry.StartsWith("folder ", StringComparison.Ordinal) && entry.EndsWith("/backups", StringComparison.Ordinal);

    public static InventoryChange WithoutFolders(InventoryChange change) => change.Without(IsFolderOfAll);
}

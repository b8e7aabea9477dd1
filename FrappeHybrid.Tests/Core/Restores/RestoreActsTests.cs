using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Restores;

/// <summary>Restoring, cloning and reinstalling as the portal orders them.</summary>
public sealed class RestoreActsTests
{
    private const string Password = "Correct-horse-7";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_takes_another_sites_backup_of_the_same_team_and_server_and_learns_its_safety_backup()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        var other = await core.AddSiteAsync(bench, "other.example.com");
        var backup = await AddBackupAsync(core, other);
        var choices = await core.Get<RestoreQueries>().BackupsForAsync(core.Owner, site.Id, Cancel);
        Assert.Equal([backup.Id], choices.Select(choice => choice.Id));

        var ordered = await core.Get<RestoreSite>().RunAsync(core.Owner, site.Id, backup.Id, withoutBackup: false, Cancel);
        var job = await core.JobAsync(ordered.Value);
        Assert.Equal($"/benches/main/sites/{site.Name}/restore", job.Path);
        Assert.Equal($$"""{"backup":{"bench":"main","site":"other.example.com","id":"{{backup.Id}}"},"safetyBackup":true}""", job.Request);
        Assert.Equal(SiteState.Working, (await TrashTests.SiteAsync(core, site.Id)).State);

        var safety = Record(site.Name, BackupKind.Safety, job.Id);
        await TrashTests.EndAsync(core, job.Id, JobState.Success, new RestoreResult("_0123456789abcdef", [AppName.Parse("frappe"), AppName.Parse("erpnext")], safety), RestoreJson.Default.RestoreResult);
        var after = await TrashTests.SiteAsync(core, site.Id);
        Assert.Equal((SiteState.Active, "frappe erpnext"), (after.State, string.Join(' ', after.Apps)));
        await using var db = await core.DbAsync();
        Assert.Equal(site.Id, (await db.Backups.SingleAsync(each => each.Id == safety.Id, Cancel)).SiteId);
    }

    [Fact]
    public async Task A_backup_of_another_server_team_or_trash_is_refused()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        var far = await AddBackupAsync(core, await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync("second")), "far.example.com"));
        Assert.Equal("other-server", (await core.Get<RestoreSite>().RunAsync(core.Owner, site.Id, far.Id, false, Cancel)).Error?.Code);
        Assert.Equal("backup-not-found", (await core.Get<RestoreSite>().RunAsync(core.Owner, site.Id, Guid.CreateVersion7(), false, Cancel)).Error?.Code);
        var foreign = await AddBackupAsync(core, site, team: Guid.CreateVersion7());
        Assert.Equal("backup-not-found", (await core.Get<RestoreSite>().RunAsync(core.Owner, site.Id, foreign.Id, false, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_new_site_from_a_backup_is_there_from_the_order_on_and_its_password_is_kept_nowhere()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        var backup = await AddBackupAsync(core, site);
        var newer = await AddBackupAsync(core, site, version: "16.0.0");
        var act = core.Get<RestoreIntoNewSite>();
        Assert.Equal("site-name-taken", (await act.RunAsync(core.Owner, bench.Id, backup.Id, site.Name.Value, null, true, Cancel)).Error?.Code);
        Assert.Equal("site-name-invalid", (await act.RunAsync(core.Owner, bench.Id, backup.Id, "../x", null, true, Cancel)).Error?.Code);
        Assert.Equal("site-password-invalid", (await act.RunAsync(core.Owner, bench.Id, backup.Id, "new.example.com", "short", true, Cancel)).Error?.Code);
        Assert.Equal("bench-too-old", (await act.RunAsync(core.Owner, bench.Id, newer.Id, "new.example.com", null, true, Cancel)).Error?.Code);

        var made = (await act.RunAsync(core.Owner, bench.Id, backup.Id, "new.example.com", Password, true, Cancel)).Value;
        Assert.Equal(SiteState.Installing, (await TrashTests.SiteAsync(core, made)).State);
        await using var db = await core.DbAsync();
        var job = await db.Jobs.SingleAsync(each => each.SiteId == made, Cancel);
        Assert.Null(job.Request);
        Assert.DoesNotContain(Password, job.SecretProtected!, StringComparison.Ordinal);
        await TrashTests.EndAsync(core, job.Id, JobState.Failure, new RestoreResult("", [], null), RestoreJson.Default.RestoreResult);
        Assert.Equal(SiteState.Broken, (await TrashTests.SiteAsync(core, made)).State);
        Assert.Equal("site-from-backup", (await core.Get<RetrySite>().RunAsync(core.Owner, made, Password, Cancel)).Error?.Code);
        Assert.True((await core.Get<GiveUpSite>().RunAsync(core.Owner, made, Cancel)).IsDone);
    }

    [Fact]
    public async Task A_clone_leaves_its_original_active_and_a_reinstall_wants_name_and_password()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        var far = await core.AddBenchAsync(await core.AddServerAsync("second"), "far");
        var site = await core.AddSiteAsync(bench);
        Assert.Equal("other-server", (await core.Get<CloneSite>().RunAsync(core.Owner, site.Id, far.Id, "clone.example.com", null, true, Cancel)).Error?.Code);
        var clone = (await core.Get<CloneSite>().RunAsync(core.Owner, site.Id, bench.Id, "clone.example.com", null, true, Cancel)).Value;
        Assert.Equal(SiteState.Active, (await TrashTests.SiteAsync(core, site.Id)).State);
        Assert.Equal(SiteState.Installing, (await TrashTests.SiteAsync(core, clone)).State);
        Assert.Equal("site-not-active", (await core.Get<CloneSite>().RunAsync(core.Owner, clone, bench.Id, "c2.example.com", null, true, Cancel)).Error?.Code);

        var act = core.Get<ReinstallSite>();
        Assert.Equal("name-not-confirmed", (await act.RunAsync(core.Owner, site.Id, "", Password, false, Cancel)).Error?.Code);
        Assert.Equal("site-password-invalid", (await act.RunAsync(core.Owner, site.Id, site.Name.Value, "x", false, Cancel)).Error?.Code);
        Assert.True((await act.RunAsync(core.Owner, site.Id, site.Name.Value, Password, false, Cancel)).IsDone);
        Assert.Equal("site-busy", (await act.RunAsync(core.Owner, site.Id, site.Name.Value, Password, false, Cancel)).Error?.Code);
    }

    private static BackupRecord Record(SiteName site, BackupKind kind, Guid job, string version = "15.50.0") => new(
        Guid.CreateVersion7(), BenchName.Parse("main"), site, kind, DateTimeOffset.UnixEpoch, "Asia/Kolkata", version, 1000,
        [new BackupFile(BackupFileKind.Database, "a-database.sql.gz", 100, new string('0', 64))], job);

    private static async Task<Backup> AddBackupAsync(TestCore core, Site site, Guid? team = null, string version = "15.50.0")
    {
        await using var db = await core.DbAsync();
        var backup = Backup.Of(Record(site.Name, BackupKind.Manual, Guid.CreateVersion7(), version), team ?? site.TeamId, site.ServerId, site.Id);
        db.Backups.Add(backup);
        await db.SaveChangesAsync(Cancel);
        return backup;
    }
}

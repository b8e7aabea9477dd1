using System.Text.Json;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Servers.Upkeep;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Tests.Core.Support;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>Every job type once; a test holds the list to <see cref="JobTypes.All"/>.</summary>
internal static class JobCases
{
    private const string Canary = JobScene.Canary;
    private const string NewName = "new.example.com";

    public static IReadOnlyList<JobCase> All { get; } =
    [
        Case<CreateBench>(JobTypes.NewBench, (act, on) => act.RunAsync(on.Owner, on.Server.Id, "third", on.Core.Release.Id, Cancel)),
        Case<CreateSite>(JobTypes.NewSite, (act, on) => act.RunAsync(on.Owner, new(on.Bench.Id, NewName, Canary, []), Cancel)),
        Case<BackupSite>(BackupJobTypes.BackupSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, true, Cancel), Backup),
        Case<KeepUpload>(BackupJobTypes.KeepUpload, (act, on) => act.RunAsync(on.Owner, on.Site.Id, Guid.CreateVersion7(), Cancel), Backup),
        Case<RestoreSite>(RestoreJobTypes.RestoreSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, on.Backup, false, Cancel), Restored),
        Case<RestoreIntoNewSite>(RestoreJobTypes.RestoreNewSite, (act, on) => act.RunAsync(on.Owner, on.Bench.Id, on.Backup, NewName, Canary, true, Cancel), Restored),
        Case<CloneSite>(RestoreJobTypes.CloneSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, on.Bench.Id, NewName, Canary, true, Cancel), Restored),
        Case<ReinstallSite>(RestoreJobTypes.ReinstallSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, on.Site.Name.Value, Canary, false, Cancel), Restored),
        Case<DropSite>(
            RestoreJobTypes.DropSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, on.Site.Name.Value, false, Cancel),
            _ => JsonSerializer.SerializeToElement(new DropSiteResult(Guid.CreateVersion7(), CanComeBack: true), RestoreJson.Default.DropSiteResult)),
        Case<BringBackSite>(
            RestoreJobTypes.UntrashSite,
            async (act, on) =>
            {
                await on.ChangeSiteAsync(site => Trash(site, on));
                return await act.RunAsync(on.Owner, on.Site.Id, null, null, Cancel);
            },
            Restored),
        Case<PurgeSite>(RestoreJobTypes.PurgeTrashedSite, async (act, on) =>
        {
            await on.ChangeSiteAsync(site => Trash(site, on));
            return await act.RunAsync(on.Owner, on.Site.Id, on.Site.Name.Value, Cancel);
        }),
        Case<MigrateSite>(UpdateJobTypes.MigrateSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, false, Cancel), Updated),
        Case<UpdateSite>(UpdateJobTypes.UpdateSite, (act, on) => act.RunAsync(on.Owner, on.Site.Id, on.Newer.Id, false, Cancel), Updated),
        Case<RecoverSite>(UpdateJobTypes.RecoverSite, async (act, on) =>
        {
            await on.ChangeSiteAsync(site =>
            {
                site.Become(SiteState.Working, null);
                site.Become(SiteState.Fatal, "Both ways failed.");
            });
            return await act.RunAsync(on.Owner, on.Site.Id, Cancel);
        }),
        Case<ClearSiteCache>(SiteJobTypes.ClearCache, (act, on) => act.RunAsync(on.Owner, on.Site.Id, Cancel)),
        Case<SetSiteScheduler>(SiteJobTypes.SetScheduler, (act, on) => act.RunAsync(on.Owner, on.Site.Id, false, Cancel)),
        Case<SetSiteMaintenance>(SiteJobTypes.SetMaintenance, (act, on) => act.RunAsync(on.Owner, on.Site.Id, true, Cancel)),
        Case<ResetAdministratorPassword>(SiteJobTypes.SetAdministratorPassword, (act, on) => act.RunAsync(on.Owner, on.Site.Id, Canary, true, Cancel)),
        Case<ChangeSiteConfig>(
            SiteJobTypes.ChangeConfig,
            (act, on) => act.RunAsync(on.Owner, on.Site.Id, new SiteConfigOrder("v1", new Dictionary<string, string> { ["mail_password"] = $"\"{Canary}\"" }, []), Cancel)),
        Case<AddSiteDomain>(SiteJobTypes.ChangeDomains, (act, on) => act.RunAsync(on.Owner, on.Site.Id, "www.example.com", Cancel)),
        Case<RenameSite>(SiteJobTypes.Rename, (act, on) => act.RunAsync(on.Owner, on.Site.Id, NewName, Cancel)),
        Case<InstallSiteApp>(SiteJobTypes.InstallApp, (act, on) => act.RunAsync(on.Owner, on.Site.Id, "erpnext", Cancel)),
        Case<UninstallSiteApp>(SiteJobTypes.UninstallApp, async (act, on) =>
        {
            await on.ChangeSiteAsync(site => site.Apps = ["frappe", "erpnext", "hrms"]);
            return await act.RunAsync(on.Owner, on.Site.Id, "hrms", Cancel);
        }),
        Case<RestartBench>(BenchJobTypes.Restart, (act, on) => act.RunAsync(on.Owner, on.Bench.Id, null, Cancel)),
        Case<ChangeBenchLimits>(BenchJobTypes.ChangeLimits, (act, on) => act.RunAsync(on.Owner, on.Bench.Id, new BenchLimits(256, 128, 64), Cancel)),
        Case<ChangeBenchWorkers>(BenchJobTypes.ChangeWorkers, (act, on) => act.RunAsync(on.Owner, on.Bench.Id, BenchWorkers.Default, Cancel)),
        Case<ChangeBenchEnvironment>(BenchJobTypes.ChangeEnvironment, (act, on) => act.RunAsync(on.Owner, on.Bench.Id, "MAIL_PASSWORD", Canary, Cancel)),
        Case<ArchiveBench>(BenchJobTypes.Archive, (act, on) => act.RunAsync(on.Owner, on.Newer.Id, Cancel)),
        Case<PullRelease>(
            BenchJobTypes.PullImage, (act, on) => act.RunAsync(TestCore.StaffOf(StaffRole.Operator), on.Core.Release.Id, on.Server.Id, Cancel),
            on => JsonSerializer.SerializeToElement(new PullImageResult(on.Core.Release.Image, $"sha256:{new string('b', 64)}", 1 << 20, [AppName.Parse("frappe")]), BenchWorkJson.Default.PullImageResult)),
        Case<CleanUpServer>(ServerJobTypes.CleanUp, (act, on) => act.RunAsync(on.Owner, on.Server.Id, new string('a', 64), null, 30, Cancel)),
    ];

    private static CancellationToken Cancel => TestCore.Cancel;

    public static JobCase Of(string key) => All.Single(each => each.Type.Key == key);

    private static JobCase Case<TAct>(JobType type, Func<TAct, JobScene, Task<Result<Guid>>> order, Func<JobScene, JsonElement>? result = null)
        where TAct : notnull => new(type, async on => (await order(on.Core.Get<TAct>(), on)).Error, result);

    private static JsonElement Backup(JobScene on) => JsonSerializer.SerializeToElement(
        new BackupRecord(
            Guid.CreateVersion7(), on.Bench.Name, on.Site.Name, BackupKind.Manual, on.Core.Time.GetUtcNow(), "Asia/Kolkata", "15.50.0", 100,
            [new BackupFile(BackupFileKind.Database, "x-database.sql.gz", 10, new string('d', 64))], Guid.CreateVersion7()),
        BackupJson.Default.BackupRecord);

    private static JsonElement Restored(JobScene on) =>
        JsonSerializer.SerializeToElement(new RestoreResult("_0123456789abcdef", [AppName.Parse("frappe"), AppName.Parse("erpnext")], null), RestoreJson.Default.RestoreResult);

    private static JsonElement Updated(JobScene on) => JsonSerializer.SerializeToElement(new UpdateSiteResult(on.Newer.Name, [], 2.5, 4, []), UpdateJson.Default.UpdateSiteResult);

    private static void Trash(Site site, JobScene on)
    {
        site.Become(SiteState.Working, null);
        site.Become(SiteState.Trashed, null);
        var now = on.Core.Time.GetUtcNow();
        site.Trash = new TrashedSite { Archive = Guid.CreateVersion7(), Name = site.Name, At = now, Until = now + TrashedSite.Life, CanComeBack = true };
    }
}

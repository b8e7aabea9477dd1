using System.Text.Json;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>"Install App" and "Uninstall App": the site is closed while they run, and has other apps when they have succeeded.</summary>
internal sealed class SiteAppsEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [SiteJobTypes.InstallApp, SiteJobTypes.UninstallApp];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { } site)
            return Error.NotFound;
        if (site.State is not SiteState.Active)
            return SiteOrders.NotServing(site);
        var app = JsonSerializer.Deserialize(job.Request!, SiteWorkJson.Default.AppRequest)!.App.Value;
        if (app == "frappe")
            return new Error("app-frappe", "frappe is the site itself.", "Choose another app.");
        var isInstall = job.Type == SiteJobTypes.InstallApp.Key;
        if (site.Apps.Contains(app) == isInstall)
            return isInstall ? new Error("app-installed", $"{site.Name} has {app} already.") : new Error("app-not-installed", $"{site.Name} has no {app}.");
        if (isInstall && !(await AppsOfAsync(db, site, cancel)).Contains(app))
            return new Error("app-not-in-release", $"The bench's release has no app {app}.", "Update the site to a release that has it.");
        site.Become(SiteState.Working, isInstall ? $"{app} is being installed." : $"{app} is being uninstalled.");
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { State: SiteState.Working } site)
            return;
        if (job.State is not RunState.Success)
        {
            site.PutBack(job, job.Title);
            return;
        }

        if (job.ResultAs(SiteWorkJson.Default.SiteAppsResult) is { } result)
        {
            site.Apps = [.. result.Apps.Select(app => app.Value)];
            if (result.Backup is { } backup)
                await BackupRegister.AddAsync(db, job, backup, cancel);
        }

        site.Become(SiteState.Active, null);
    }

    private static Task<List<string>> AppsOfAsync(PortalDb db, Site site, CancellationToken cancel) => db.Releases
        .Where(release => release.Id == db.Benches.Where(bench => bench.Id == site.BenchId).Select(bench => bench.ReleaseId).Single())
        .Select(release => release.Apps)
        .SingleAsync(cancel);
}

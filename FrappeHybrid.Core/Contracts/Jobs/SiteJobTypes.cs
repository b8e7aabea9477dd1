namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Everyday work on a site.</summary>
public static class SiteJobTypes
{
    /// <summary>Empties the site's caches.</summary>
    public static readonly JobType ClearCache = new("clear-site-cache", "Clear Cache", [SiteWorkSteps.Check, SiteWorkSteps.ClearCache], TimeSpan.FromMinutes(5));

    /// <summary>Turns the site's scheduler on or off.</summary>
    public static readonly JobType SetScheduler = new("set-scheduler", "Set Scheduler", [SiteWorkSteps.Check, SiteWorkSteps.SetScheduler], TimeSpan.FromMinutes(5));

    /// <summary>Turns the site's maintenance mode on or off.</summary>
    public static readonly JobType SetMaintenance = new(
        "set-maintenance", "Set Maintenance Mode", [SiteWorkSteps.Check, SiteWorkSteps.SetMaintenance, SiteWorkSteps.Verify], TimeSpan.FromMinutes(10));

    /// <summary>Gives the site's Administrator a new password.</summary>
    public static readonly JobType SetAdministratorPassword = new(
        "set-admin-password", "Reset Administrator Password", [SiteWorkSteps.Check, SiteWorkSteps.SetPassword], TimeSpan.FromMinutes(5), HoldsSecret: true);

    /// <summary>Changes keys of the site's configuration.</summary>
    public static readonly JobType ChangeConfig = new(
        "change-site-config", "Change Configuration", [SiteWorkSteps.Check, SiteWorkSteps.WriteConfig, SiteWorkSteps.Verify], TimeSpan.FromMinutes(5), HoldsSecret: true);

    /// <summary>Changes under which domains the site is reached.</summary>
    public static readonly JobType ChangeDomains = new(
        "change-domains", "Change Domains", [SiteWorkSteps.Check, SiteWorkSteps.SetDomains, SiteWorkSteps.AddToNginx, SiteWorkSteps.Verify], TimeSpan.FromMinutes(10));

    /// <summary>Gives the site another name.</summary>
    public static readonly JobType Rename = new(
        "rename-site",
        "Rename Site",
        [SiteWorkSteps.Check, SiteWorkSteps.Pause, SiteWorkSteps.WaitForJobs, SiteWorkSteps.Move, SiteWorkSteps.AddToNginx, SiteWorkSteps.Resume, SiteWorkSteps.Verify],
        TimeSpan.FromMinutes(15));

    /// <summary>Installs an app of the bench on the site.</summary>
    public static readonly JobType InstallApp = new(
        "install-app",
        "Install App",
        [SiteWorkSteps.Check, SiteWorkSteps.Pause, SiteWorkSteps.BackUp, SiteWorkSteps.InstallApp, SiteWorkSteps.Resume, SiteWorkSteps.Verify],
        TimeSpan.FromMinutes(90));

    /// <summary>Uninstalls an app from the site, after a backup that stays.</summary>
    public static readonly JobType UninstallApp = new(
        "uninstall-app",
        "Uninstall App",
        [SiteWorkSteps.Check, SiteWorkSteps.Pause, SiteWorkSteps.BackUp, SiteWorkSteps.UninstallApp, SiteWorkSteps.Resume, SiteWorkSteps.Verify],
        TimeSpan.FromMinutes(120));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [ClearCache, SetScheduler, SetMaintenance, SetAdministratorPassword, ChangeConfig, ChangeDomains, Rename, InstallApp, UninstallApp];
}

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of the everyday work on a site.</summary>
public static class SiteWorkSteps
{
    /// <summary>The site is there, and what is asked for fits it.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the site");

    /// <summary>`bench clear-cache` and `bench clear-website-cache`.</summary>
    public static readonly StepDeclaration ClearCache = new("clear-cache", "Clear cache");

    /// <summary>`bench enable-scheduler` or `bench disable-scheduler`.</summary>
    public static readonly StepDeclaration SetScheduler = new("set-scheduler", "Set scheduler");

    /// <summary>maintenance_mode and pause_scheduler in site_config.json.</summary>
    public static readonly StepDeclaration SetMaintenance = new("set-maintenance", "Set maintenance mode");

    /// <summary>`bench set-admin-password`, the password on standard input.</summary>
    public static readonly StepDeclaration SetPassword = new("set-password", "Set password");

    /// <summary>A copy of the database, to come back to.</summary>
    public static readonly StepDeclaration BackUp = new("back-up", "Safety backup");

    /// <summary>`bench install-app`.</summary>
    public static readonly StepDeclaration InstallApp = new("install-app", "Install app");

    /// <summary>`bench uninstall-app`.</summary>
    public static readonly StepDeclaration UninstallApp = new("uninstall-app", "Uninstall app");

    /// <summary>site_config.json, whole or not at all.</summary>
    public static readonly StepDeclaration WriteConfig = new("write-config", "Write configuration");

    /// <summary>The site's list of domains and its own address for links.</summary>
    public static readonly StepDeclaration SetDomains = new("set-domains", "Set domains");

    /// <summary>The site's entry in the server's nginx, tested before the reload.</summary>
    public static readonly StepDeclaration AddToNginx = new("add-to-nginx", "Change nginx");

    /// <summary>Maintenance on, so that nobody works on what is moved.</summary>
    public static readonly StepDeclaration Pause = new("pause", "Pause the site");

    /// <summary>Queued background jobs know the site by its old name: they end first.</summary>
    public static readonly StepDeclaration WaitForJobs = new("wait-for-jobs", "Wait for background jobs");

    /// <summary>Folder and backups under the new name; the database stays.</summary>
    public static readonly StepDeclaration Move = new("move", "Rename the folder");

    /// <summary>Maintenance as it was.</summary>
    public static readonly StepDeclaration Resume = new("resume", "Resume the site");

    /// <summary>The site answers through nginx as it should now.</summary>
    public static readonly StepDeclaration Verify = new("verify", "Ask the site");
}

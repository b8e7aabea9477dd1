namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Migrate", "Update" and "Recover".</summary>
public static class UpdateSteps
{
    /// <summary>Everything that can be known before anybody is disturbed: services answer, versions, apps, disk space.</summary>
    public static readonly StepDeclaration Check = new("check", "Check benches and site");

    /// <summary>Nobody writes any more; who only reads is served on, where the release can do that.</summary>
    public static readonly StepDeclaration MaintenanceOn = new("maintenance-on", "Maintenance on");

    /// <summary>Queued and running background jobs of the site have ended, open transactions too.</summary>
    public static readonly StepDeclaration WaitForJobs = new("wait-for-jobs", "Wait for background jobs");

    /// <summary>A copy of each table in a database beside, from which single tables can be put back at once.</summary>
    public static readonly StepDeclaration CopyTables = new("copy-tables", "Copy tables");

    /// <summary>The site's folder and its backups are in the new bench.</summary>
    public static readonly StepDeclaration MoveSite = new("move-site", "Move site");

    /// <summary>The server's nginx sends visitors to the new bench.</summary>
    public static readonly StepDeclaration SwitchNginx = new("switch-nginx", "Switch nginx");

    /// <summary>`bench migrate`.</summary>
    public static readonly StepDeclaration Migrate = new("migrate", "Migrate");

    /// <summary>As before the job; migrate does not do it.</summary>
    public static readonly StepDeclaration MaintenanceOff = new("maintenance-off", "Maintenance off");

    /// <summary>`/api/method/ping` answers through nginx; the copies are taken away.</summary>
    public static readonly StepDeclaration HealthCheck = new("health-check", "Check that it answers");

    /// <summary>The tables that were changed are as they were, new ones are gone.</summary>
    public static readonly StepDeclaration RestoreTables = new("restore-tables", "Put tables back");

    /// <summary>The site's folder is in the old bench, and nginx sends visitors there.</summary>
    public static readonly StepDeclaration MoveBack = new("move-back", "Move back");

    /// <summary>What the old version had cached is forgotten.</summary>
    public static readonly StepDeclaration ClearCache = new("clear-cache", "Clear cache");
}

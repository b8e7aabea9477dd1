namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "New Site".</summary>
public static class NewSiteSteps
{
    /// <summary>The bench runs, the name is free on the whole server, the apps are in the bench.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the bench");

    /// <summary>The throw-away privileged database user, so that the container never gets the root password.</summary>
    public static readonly StepDeclaration CreateDatabaseUser = new("create-database-user", "Prepare the database");

    /// <summary>`bench new-site`; its progress is the real one.</summary>
    public static readonly StepDeclaration CreateSite = new("create-site", "Create site");

    /// <summary>`bench install-app` for each app.</summary>
    public static readonly StepDeclaration InstallApps = new("install-apps", "Install apps");

    /// <summary>`bench enable-scheduler`: new sites have it disabled.</summary>
    public static readonly StepDeclaration EnableScheduler = new("enable-scheduler", "Enable scheduler");

    /// <summary>The site's entry in the server's nginx, tested before the reload.</summary>
    public static readonly StepDeclaration AddToNginx = new("add-to-nginx", "Add to nginx");

    /// <summary>`/api/method/ping` answers through nginx.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");
}

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of the jobs that put sites back, copy, reinstall and drop them. What is new is made beside the old and put in its place when it is whole.</summary>
public static class RestoreSteps
{
    /// <summary>Everything that can be known before: the bench runs, the backup is whole, of the right kind and not of a newer version, the disk has room.</summary>
    public static readonly StepDeclaration Check = new("check", "Check backup and bench");

    /// <summary>The site, its bench and the disk, where no backup comes in.</summary>
    public static readonly StepDeclaration CheckSite = new("check", "Check site and bench");

    /// <summary>What was archived is there and whole, the name is free.</summary>
    public static readonly StepDeclaration CheckArchive = new("check", "Check what was archived");

    /// <summary>Visitors see the maintenance page, the scheduler pauses, open connections of the site's database user are ended.</summary>
    public static readonly StepDeclaration Maintenance = new("maintenance", "Maintenance on");

    /// <summary>A backup of the site as it is now; skipped when it was waived.</summary>
    public static readonly StepDeclaration SafetyBackup = new("safety-backup", "Safety backup");

    /// <summary>A backup of the site that is copied; it goes on serving.</summary>
    public static readonly StepDeclaration Copy = new("copy", "Copy the site");

    /// <summary>The last backup, before the site goes.</summary>
    public static readonly StepDeclaration FinalBackup = new("final-backup", "Final backup");

    /// <summary>`bench restore` into a new database of its own.</summary>
    public static readonly StepDeclaration Load = new("load", "Load database");

    /// <summary>Public and private files, into new folders.</summary>
    public static readonly StepDeclaration Unpack = new("unpack", "Unpack files");

    /// <summary>`bench new-site` into a new database of its own.</summary>
    public static readonly StepDeclaration Create = new("create", "Create anew");

    /// <summary>The apps that the site had.</summary>
    public static readonly StepDeclaration InstallApps = new("install-apps", "Install apps");

    /// <summary>The new database and files take the place of the old ones, which are kept until the site answers.</summary>
    public static readonly StepDeclaration Switch = new("switch", "Put in place");

    /// <summary>`bench migrate`, and the scheduler as it was.</summary>
    public static readonly StepDeclaration Migrate = new("migrate", "Migrate");

    /// <summary>Configuration, password, scheduler and mail of the new site.</summary>
    public static readonly StepDeclaration Configure = new("configure", "Configure");

    /// <summary>Visitors see the site again, when they did before.</summary>
    public static readonly StepDeclaration Open = new("open", "Maintenance off");

    /// <summary>The site's entry in the server's nginx, with its domains.</summary>
    public static readonly StepDeclaration AddToNginx = new("add-to-nginx", "Add to nginx");

    /// <summary>`/api/method/ping` answers through nginx.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");

    /// <summary>The old database, its user and the old files go. From here on the job is finished, never undone.</summary>
    public static readonly StepDeclaration Tidy = new("tidy", "Take the old away");

    /// <summary>Nobody is sent to the site any more.</summary>
    public static readonly StepDeclaration RemoveFromNginx = new("remove-from-nginx", "Remove from nginx");

    /// <summary>The site's folder and its backups, into /home/frappe/archived.</summary>
    public static readonly StepDeclaration Archive = new("archive", "Archive");

    /// <summary>Database and user, at all hosts. From here on the job is finished, never undone.</summary>
    public static readonly StepDeclaration DropDatabase = new("drop-database", "Drop database");

    /// <summary>The site's folder, out of the archive.</summary>
    public static readonly StepDeclaration MoveBack = new("move-back", "Move the folder back");

    /// <summary>What was archived goes for ever.</summary>
    public static readonly StepDeclaration Delete = new("delete", "Delete what was archived");
}

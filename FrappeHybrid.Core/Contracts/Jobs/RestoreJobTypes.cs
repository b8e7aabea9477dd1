namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Putting sites back, copying and dropping them.</summary>
public static class RestoreJobTypes
{
    /// <summary>A backup in place of what the site is now.</summary>
    public static readonly JobType RestoreSite = new(
        "restore-site",
        "Restore",
        [
            RestoreSteps.Check,
            RestoreSteps.Maintenance,
            RestoreSteps.SafetyBackup,
            RestoreSteps.Load,
            RestoreSteps.Unpack,
            RestoreSteps.Switch,
            RestoreSteps.Migrate,
            RestoreSteps.Open,
            RestoreSteps.WaitUntilReady,
            RestoreSteps.Tidy,
        ],
        TimeSpan.FromHours(6));

    /// <summary>A new site out of a backup.</summary>
    public static readonly JobType RestoreNewSite = new(
        "restore-new-site",
        "New Site from Backup",
        [
            RestoreSteps.Check,
            RestoreSteps.Load,
            RestoreSteps.Unpack,
            RestoreSteps.Migrate,
            RestoreSteps.Configure,
            RestoreSteps.AddToNginx,
            RestoreSteps.WaitUntilReady,
        ],
        TimeSpan.FromHours(6),
        HoldsSecret: true);

    /// <summary>A new site like another one, which goes on serving.</summary>
    public static readonly JobType CloneSite = new(
        "clone-site",
        "Clone",
        [
            RestoreSteps.CheckSite,
            RestoreSteps.Copy,
            RestoreSteps.Load,
            RestoreSteps.Unpack,
            RestoreSteps.Migrate,
            RestoreSteps.Configure,
            RestoreSteps.AddToNginx,
            RestoreSteps.WaitUntilReady,
        ],
        TimeSpan.FromHours(6),
        HoldsSecret: true);

    /// <summary>The site as it was on its first day, with its apps and without its data.</summary>
    public static readonly JobType ReinstallSite = new(
        "reinstall-site",
        "Reinstall",
        [
            RestoreSteps.CheckSite,
            RestoreSteps.Maintenance,
            RestoreSteps.SafetyBackup,
            RestoreSteps.Create,
            RestoreSteps.InstallApps,
            RestoreSteps.Switch,
            RestoreSteps.Open,
            RestoreSteps.WaitUntilReady,
            RestoreSteps.Tidy,
        ],
        TimeSpan.FromHours(6),
        HoldsSecret: true);

    /// <summary>Takes a site out of service; what is archived can be brought back.</summary>
    public static readonly JobType DropSite = new(
        "drop-site",
        "Drop",
        [
            RestoreSteps.CheckSite,
            RestoreSteps.Maintenance,
            RestoreSteps.FinalBackup,
            RestoreSteps.RemoveFromNginx,
            RestoreSteps.Archive,
            RestoreSteps.DropDatabase,
        ],
        TimeSpan.FromHours(6));

    /// <summary>Brings a dropped site back out of the archive.</summary>
    public static readonly JobType UntrashSite = new(
        "untrash-site",
        "Bring Back",
        [
            RestoreSteps.CheckArchive,
            RestoreSteps.Load,
            RestoreSteps.MoveBack,
            RestoreSteps.Migrate,
            RestoreSteps.AddToNginx,
            RestoreSteps.WaitUntilReady,
            RestoreSteps.Tidy,
        ],
        TimeSpan.FromHours(6));

    /// <summary>Deletes for ever what was archived of a dropped site.</summary>
    public static readonly JobType PurgeTrashedSite = new("purge-trashed-site", "Delete for Ever", [RestoreSteps.Delete], TimeSpan.FromHours(1));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [RestoreSite, RestoreNewSite, CloneSite, ReinstallSite, DropSite, UntrashSite, PurgeTrashedSite];
}

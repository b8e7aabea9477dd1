namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Moving sites to newer releases, and migrating them.</summary>
public static class UpdateJobTypes
{
    /// <summary>Migrates a site in its bench.</summary>
    public static readonly JobType MigrateSite = new(
        "migrate-site",
        "Migrate",
        [
            UpdateSteps.Check,
            UpdateSteps.MaintenanceOn,
            UpdateSteps.WaitForJobs,
            UpdateSteps.CopyTables,
            UpdateSteps.Migrate,
            UpdateSteps.MaintenanceOff,
            UpdateSteps.HealthCheck,
        ],
        TimeSpan.FromHours(6));

    /// <summary>Moves a site to a bench of a newer release on the same server.</summary>
    public static readonly JobType UpdateSite = new(
        "update-site",
        "Update",
        [
            UpdateSteps.Check,
            UpdateSteps.MaintenanceOn,
            UpdateSteps.WaitForJobs,
            UpdateSteps.CopyTables,
            UpdateSteps.MoveSite,
            UpdateSteps.SwitchNginx,
            UpdateSteps.Migrate,
            UpdateSteps.MaintenanceOff,
            UpdateSteps.HealthCheck,
        ],
        TimeSpan.FromHours(6));

    /// <summary>Takes a failed update or migration back once more, after its own way back failed.</summary>
    public static readonly JobType RecoverSite = new(
        "recover-site",
        "Recover",
        [
            UpdateSteps.Check,
            UpdateSteps.RestoreTables,
            UpdateSteps.MoveBack,
            UpdateSteps.ClearCache,
            UpdateSteps.MaintenanceOff,
            UpdateSteps.HealthCheck,
        ],
        TimeSpan.FromHours(1));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [MigrateSite, UpdateSite, RecoverSite];
}

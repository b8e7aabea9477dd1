namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Backups of sites.</summary>
public static class BackupJobTypes
{
    /// <summary>Takes a backup of a site.</summary>
    public static readonly JobType BackupSite = new(
        "backup-site", "Backup", [BackupSteps.Check, BackupSteps.Copy, BackupSteps.Verify, BackupSteps.Keep], TimeSpan.FromHours(6));

    /// <summary>Makes a backup of the files that somebody has uploaded.</summary>
    public static readonly JobType KeepUpload = new("keep-upload", "Keep Uploaded Backup", [BackupSteps.Verify, BackupSteps.Keep], TimeSpan.FromHours(2));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [BackupSite, KeepUpload];
}

namespace FrappeHybrid.Core.Backups;

/// <summary>Where a backup is.</summary>
public enum BackupState
{
    /// <summary>Whole, on the server.</summary>
    Available,

    /// <summary>Decided to go; it is taken away as soon as the server can be asked.</summary>
    Deleting,
}

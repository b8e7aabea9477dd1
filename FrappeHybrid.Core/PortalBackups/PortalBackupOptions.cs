namespace FrappeHybrid.Core.PortalBackups;

/// <summary>The portal's backups of itself, section "PortalBackups" of appsettings.json.</summary>
public sealed class PortalBackupOptions
{
    /// <summary>Whether one is made every day.</summary>
    public bool Daily { get; set; } = true;

    /// <summary>When, as a time of the day in UTC.</summary>
    public TimeSpan At { get; set; } = TimeSpan.FromHours(3);

    /// <summary>How many daily ones are kept, at least 1. Those that somebody made stay until somebody deletes them.</summary>
    public int Keep { get; set; } = 7;
}

namespace FrappeHybrid.Core.Data;

/// <summary>Something was stored.</summary>
/// <param name="Entity">Class name of the entity: "Server", "Play", "Job", "Bench", "Site", "Backup", "PreflightReport", "OutgoingMail", "Team", "TeamInvitation", "SupportAccess", "Terminal"; <see cref="Access"/> when somebody's rights changed (then <see cref="Id"/> is the user's); "RunOutput" for new output (then <see cref="Id"/> is the run's), "Notification" for somebody's notifications (then <see cref="Id"/> is the user's).</param>
/// <param name="Id">Its id.</param>
/// <param name="TeamId">Whose it is; empty for what is the portal's own.</param>
public sealed record LiveChange(string Entity, Guid Id, Guid TeamId)
{
    /// <summary>What is told to a user's open pages and consoles when the user's rights have changed.</summary>
    public const string Access = "Access";
}

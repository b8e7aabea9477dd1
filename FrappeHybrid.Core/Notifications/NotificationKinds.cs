using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Notifications;

/// <summary>All kinds with what is the same for each of them.</summary>
public static class NotificationKinds
{
    private static readonly TeamRole[] Nobody = [];
    private static readonly TeamRole[] Owners = [TeamRole.Owner];
    private static readonly TeamRole[] Admins = [TeamRole.Owner, TeamRole.Admin];
    private static readonly TeamRole[] Workers = [TeamRole.Owner, TeamRole.Admin, TeamRole.Developer];

    /// <summary>One rule for each, in the order in which people read them.</summary>
    public static IReadOnlyList<NotificationKindRule> All { get; } =
    [
        new(NotificationKind.JobFailed, "job-failed", "A job failed", NotificationTone.Failed, Workers),
        new(NotificationKind.BackupFailed, "backup-failed", "A backup failed", NotificationTone.Failed, Workers),
        new(NotificationKind.ServerUnreachable, "server-unreachable", "A server does not answer", NotificationTone.Failed, Workers, IsOfWhole: true),
        new(NotificationKind.ServerBack, "server-back", "A server answers again", NotificationTone.Done, Nobody, IsOfWhole: true),
        new(NotificationKind.PlayDone, "play-done", "Set-up or upkeep of a server is done", NotificationTone.Done, Nobody),
        new(NotificationKind.PlayFailed, "play-failed", "Set-up or upkeep of a server failed", NotificationTone.Failed, Nobody),
        new(NotificationKind.SupportAsked, "support-asked", "Support asks for access", NotificationTone.Told, Owners),
        new(NotificationKind.SupportGranted, "support-granted", "Support was let in", NotificationTone.Told, Nobody),
        new(NotificationKind.SupportEnded, "support-ended", "Support's access ended", NotificationTone.Told, Nobody),
        new(NotificationKind.MemberJoined, "member-joined", "Somebody joined the team", NotificationTone.Told, Nobody),
        new(NotificationKind.MemberLeft, "member-left", "Somebody left the team", NotificationTone.Told, Nobody),
        new(NotificationKind.MemberRoleChanged, "member-role-changed", "Somebody's role changed", NotificationTone.Told, Nobody),
        new(NotificationKind.WebhookSwitchedOff, "webhook-switched-off", "A webhook was switched off", NotificationTone.Failed, Admins, Capability.ManageWebhooks),
        new(NotificationKind.NewSignIn, "new-sign-in", "A new browser signed in to your account", NotificationTone.Told, Nobody, IsPersonal: true),
    ];

    /// <summary>What webhooks can ask for.</summary>
    public static IReadOnlyList<NotificationKindRule> OfTeams { get; } = [.. All.Where(rule => !rule.IsPersonal)];

    /// <summary>The rule of a kind.</summary>
    public static NotificationKindRule Of(NotificationKind kind) => All.Single(rule => rule.Kind == kind);
}

namespace FrappeHybrid.Core.Notifications;

/// <summary>What people and webhooks are told of; <see cref="NotificationKinds"/> says what each is called and who hears of it.</summary>
public enum NotificationKind
{
    /// <summary>A job ended without success.</summary>
    JobFailed,

    /// <summary>A backup was not taken or not kept.</summary>
    BackupFailed,

    /// <summary>A server has not answered for some minutes.</summary>
    ServerUnreachable,

    /// <summary>A server that had been told as away answers again.</summary>
    ServerBack,

    /// <summary>Set-up, reboot or another play on a server ended well.</summary>
    PlayDone,

    /// <summary>A play on a server failed.</summary>
    PlayFailed,

    /// <summary>Support asks to be let in.</summary>
    SupportAsked,

    /// <summary>Support was let in.</summary>
    SupportGranted,

    /// <summary>Support is out again, or was not let in.</summary>
    SupportEnded,

    /// <summary>Somebody is new in the team.</summary>
    MemberJoined,

    /// <summary>Somebody is no longer in the team.</summary>
    MemberLeft,

    /// <summary>Somebody may do more or less than before.</summary>
    MemberRoleChanged,

    /// <summary>A webhook failed for days and was switched off.</summary>
    WebhookSwitchedOff,

    /// <summary>Somebody signed in to one's account from a browser that was not seen before.</summary>
    NewSignIn,
}

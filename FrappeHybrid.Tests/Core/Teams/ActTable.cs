using FrappeHybrid.Core;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>
/// What each act asks, and for what: written by hand, so that an act that asks something else, or nothing, is noticed. An act that is not here fails the walk.
/// </summary>
internal static class ActTable
{
    // A capability and the thing for which it is asked, then the acts. "-" is the portal itself; a thing with "!" is for people and no program; a thing in brackets is known by something else than its id.
    private static readonly string[] Rows =
    [
        "OperatePortal - : VerifyActivity PullRelease CheckRelease SetRegistrySignIn DeleteRelease RemoveRegistrySignIn AddRelease OfferRelease EditRelease UpgradeAllAgents SendTestMail RetryMail DeleteMail CreatePortalBackup DeletePortalBackup DownloadPortalBackup CreateTeam RemoveTeam SetStaffRole DisableUser EnableUser CreateSignInLink",
        "View team : ChooseNotifications",
        "View thing! : CreateApiToken",
        "ManageMembers (token) : RevokeApiToken",
        "View (notification) : ReadNotification ReadAllNotifications",
        "ManageMembers team : ChooseTeamNotifications InviteMember ChangeMemberRole LimitMember RemoveMember",
        "ManageWebhooks team : CreateWebhook",
        "ManageWebhooks webhook : EditWebhook DeleteWebhook RotateWebhookSecret SendTestEvent",
        "ManageWebhooks delivery : ReplayDelivery",
        "OwnTeam team : RenameTeam TransferOwnership",
        "OwnTeam access : AnswerSupportAccess EndSupportAccess",
        "ManageMembers invitation : ResendInvitation WithdrawInvitation",
        "AskForAccess - : AskForAccess",
        "View team! : SwitchTeam",
        "View (choice) : RememberChoice",
        "View (oneself) : LeaveTeam AcceptInvitation",
        "ManageServers team : CreateServer",
        "ManageServers server : ConfirmHostKey InstallKeyWithPassword UpdateServerConnection CheckConnection RunPreflight RemoveServerDraft SaveDraftStep ScanHostKey CleanUpServer ForgetServer UpgradeAgent TakeServerOut RebootServer SetUpServer",
        "ManageServers play : RetryPlay",
        "ManageBenches server : CreateBench UpdateBenchSitesToRelease",
        "ManageBenches bench : ChangeBenchWorkers RestartBench RetryBench GiveUpBench ChangeBenchEnvironment ArchiveBench ChangeBenchLimits",
        "OpenTerminals bench : OpenTerminal",
        "ManageBenches job : CancelJob RetryJob",
        "ManageSites bench : CreateSite CloneSite RestoreIntoNewSite UpdateBenchSites",
        "ManageSites benchUpdate : ResumeBenchUpdate CancelBenchUpdate PauseBenchUpdate",
        "ManageSites backup : CreateDownloadLink DeleteBackup",
        "ManageSites (token) : DownloadBackup",
        "ManageSites site : SetBackupRetention UploadBackupFile KeepUpload BackupSite ClearSiteCache UninstallSiteApp UndoSiteConfigChange AddSiteDomain InstallSiteApp GiveUpSite RetrySite SetSiteMaintenance SignInAsAdministrator"
            + " ChangeSiteConfig SetPrimaryDomain RenameSite SetSiteScheduler RemoveSiteDomain ResetAdministratorPassword StayOnVersion UpdateSite RetryUpdate MigrateSite RecoverSite RestoreSite PurgeSite BringBackSite DropSite ReinstallSite",
    ];

    /// <summary>By the act's name.</summary>
    public static IReadOnlyDictionary<string, (Capability Capability, string Thing)> All { get; } = Rows
        .Select(row => row.Split(" : "))
        .SelectMany(parts => parts[1].Split(' ').Select(act => (act, Asked: parts[0].Split(' '))))
        .ToDictionary(row => row.act, row => (Enum.Parse<Capability>(row.Asked[0]), row.Asked[1]), StringComparer.Ordinal);

    /// <summary>All acts that there are: exported classes with a RunAsync whose first parameter is the actor.</summary>
    public static IEnumerable<Type> Acts { get; } =
        [.. typeof(CoreServices).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && ActCall.RunOf(type) is not null).OrderBy(type => type.FullName, StringComparer.Ordinal)];
}

namespace FrappeHybrid.Core.Teams;

/// <summary>What one may do. Each page, hub method, endpoint and act asks for one of these; <see cref="CapabilityTable"/> says who has it, <see cref="Actor.May"/> is the only place that decides.</summary>
public enum Capability
{
    /// <summary>See a team's servers, benches, sites, backups and jobs.</summary>
    View,

    /// <summary>Watch live logs and read log files.</summary>
    WatchConsoles,

    /// <summary>Read the record of who did what.</summary>
    ViewActivity,

    /// <summary>Create and change sites, their backups included; sign in to them as Administrator.</summary>
    ManageSites,

    /// <summary>Create and change benches.</summary>
    ManageBenches,

    /// <summary>Open a shell in a service of a bench. For people only: no API token has it.</summary>
    OpenTerminals,

    /// <summary>Add, set up and change servers.</summary>
    ManageServers,

    /// <summary>Invite people, change their roles, remove them.</summary>
    ManageMembers,

    /// <summary>Webhooks of the team, and what it is told of.</summary>
    ManageWebhooks,

    /// <summary>Rename the team, give it to somebody else, let support act in it.</summary>
    OwnTeam,

    /// <summary>Ask a team to be let in for a time.</summary>
    AskForAccess,

    /// <summary>Run the portal itself: releases, registry, e-mail, backup, all teams.</summary>
    OperatePortal,
}

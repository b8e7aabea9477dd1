namespace FrappeHybrid.Core.Teams;

/// <summary>What one may do. Each page, hub method, endpoint and act asks for one of these; <see cref="Actor.May"/> is the only place that decides.</summary>
public enum Permission
{
    /// <summary>See a team's servers, benches, sites and jobs.</summary>
    View,

    /// <summary>Add, set up and change servers.</summary>
    ManageServers,

    /// <summary>Create and change benches.</summary>
    ManageBenches,

    /// <summary>Create and change sites.</summary>
    ManageSites,

    /// <summary>Watch live logs.</summary>
    WatchConsoles,

    /// <summary>Run the portal itself: releases, registry, all teams.</summary>
    OperatePortal,
}

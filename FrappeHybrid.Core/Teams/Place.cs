using System.Runtime.InteropServices;

namespace FrappeHybrid.Core.Teams;

/// <summary>Where something is: in a team, and there in a server, a bench, a site. Rights are given for a place and asked for a place.</summary>
/// <param name="TeamId">The team; empty for the portal itself.</param>
/// <param name="ServerId">Null when it is of the whole team.</param>
/// <param name="BenchId">Null when it is of the whole server, or of a site whose bench does not matter.</param>
/// <param name="SiteId">Null when it is of the whole bench.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Place(Guid TeamId, Guid? ServerId = null, Guid? BenchId = null, Guid? SiteId = null)
{
    /// <summary>The portal itself, which is of no team.</summary>
    public static Place Portal => default;

    /// <summary>How wide it is.</summary>
    public PlaceKind Kind => SiteId is not null ? PlaceKind.Site
        : BenchId is not null ? PlaceKind.Bench
        : ServerId is not null ? PlaceKind.Server
        : TeamId != Guid.Empty ? PlaceKind.Team : PlaceKind.Portal;

    /// <summary>What one must be allowed to do to work on what is here.</summary>
    public Capability ToWorkOn => Kind switch
    {
        PlaceKind.Site => Capability.ManageSites,
        PlaceKind.Bench => Capability.ManageBenches,
        PlaceKind.Server => Capability.ManageServers,
        PlaceKind.Team => Capability.OwnTeam,
        PlaceKind.Portal => Capability.OperatePortal,
        _ => throw new InvalidOperationException("Not a place."),
    };

    /// <summary>Whether the other one is this one or lies in it; everything lies in the portal.</summary>
    public bool Contains(Place other) => Kind is PlaceKind.Portal || (TeamId == other.TeamId && Kind switch
    {
        PlaceKind.Team => true,
        PlaceKind.Server => other.ServerId == ServerId,
        PlaceKind.Bench => other.BenchId == BenchId,
        PlaceKind.Site => other.SiteId == SiteId,
        _ => false,
    });
}

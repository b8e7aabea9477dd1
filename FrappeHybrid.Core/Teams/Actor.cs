using FrappeHybrid.Core.Activity;

namespace FrappeHybrid.Core.Teams;

/// <summary>Who acts. Every act takes one and asks <see cref="May"/> before it does anything.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">For the activity log.</param>
/// <param name="Staff">Whether it is staff of the hosting company.</param>
/// <param name="Grants">The roles, each with the place where it holds.</param>
public sealed record Actor(Guid UserId, string Name, StaffRole Staff, IReadOnlyList<Grant> Grants)
{
    /// <summary>From where: the browser's or program's IP address; null for the portal's own work.</summary>
    public string? Address { get; init; }

    /// <summary>What an API token leaves of the rights; null for a person in a browser.</summary>
    public TokenLimit? Limit { get; init; }

    /// <summary>Where it is written down what this actor asked for and may not; null where nobody wants to know.</summary>
    public RefusedActs? Refused { get; init; }

    /// <summary>Sees everything: staff.</summary>
    public bool SeesAllTeams => Staff is StaffRole.Support or StaffRole.Operator && Limit is null;

    /// <summary>The teams in which the actor has any role.</summary>
    public IReadOnlyList<Guid> TeamIds => [.. Grants.Select(grant => grant.Place.TeamId).Distinct()];

    /// <summary>The portal itself, where nobody asked: what it does by the clock. It may do nothing that asks.</summary>
    public static Actor OfPortal { get; } = new(Guid.Empty, "The portal", StaffRole.None, []);

    /// <summary>A member of one whole team.</summary>
    public static Actor Member(Guid userId, string name, Guid teamId, TeamRole role, StaffRole staff = StaffRole.None) => new(userId, name, staff, [new Grant(role, new Place(teamId))]);

    /// <summary>Whether this actor may do that there.</summary>
    public bool May(Capability capability, Place place)
    {
        if (Limit is not null && !Limit.Allows(capability, place))
            return false;
        if (CapabilityTable.Has(Staff, capability))
            return true;

        // Whoever works in a site sees in which bench, server and team it is.
        return Grants.Any(grant => CapabilityTable.Has(grant.Role, capability)
            && (grant.Place.Contains(place) || (capability is Capability.View && place.TeamId != Guid.Empty && place.Contains(grant.Place))));
    }

    /// <summary>The same actor with what is left of the rights at that time: some end by themselves.</summary>
    public Actor AsOf(DateTimeOffset now) => Grants.Any(grant => grant.Until <= now) ? this with { Grants = [.. Grants.Where(grant => grant.Until is null || grant.Until > now)] } : this;

    /// <summary>The support access under which the actor acts there; null for who acts in a right of its own.</summary>
    public Guid? SupportAccessIn(Place place) => Staff is StaffRole.Support && !Grants.Any(grant => grant.SupportAccessId is null && grant.Role is not TeamRole.Viewer && grant.Place.Contains(place))
        ? Grants.FirstOrDefault(grant => grant.SupportAccessId is not null && grant.Place.Contains(place))?.SupportAccessId
        : null;

    /// <summary>Whether this actor may see all that is there, and not only that it is: what lies above a limited member's own place is known to it by name alone.</summary>
    public bool MaySeeAllOf(Place place) => May(Capability.View, place) && (CapabilityTable.Has(Staff, Capability.View) || Grants.Any(grant => grant.Place.Contains(place))) && Limit?.Place.Contains(place) != false;

    /// <summary>Whether there is any place in which this actor may do that: what a page without a place of its own asks.</summary>
    public bool MayAnywhere(Capability capability) => May(capability, Place.Portal) || Places().Any(place => May(capability, place));

    /// <summary>The role in a whole team; null for staff that is no member, and for who is limited to a part of it.</summary>
    public TeamRole? RoleIn(Guid teamId) => Grants.FirstOrDefault(grant => grant.Place == new Place(teamId) && grant.Until is null)?.Role;

    private IEnumerable<Place> Places() => Limit is null || Limit.Place == Place.Portal ? Grants.Select(grant => grant.Place) : [Limit.Place];
}

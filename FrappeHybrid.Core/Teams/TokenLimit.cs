namespace FrappeHybrid.Core.Teams;

/// <summary>What is left of a person's rights when a program acts in the person's name with an API token.</summary>
/// <param name="TokenId">The token.</param>
/// <param name="TokenName">For the activity.</param>
/// <param name="Place">Only here.</param>
/// <param name="Capabilities">Only these.</param>
public sealed record TokenLimit(Guid TokenId, string TokenName, Place Place, IReadOnlySet<Capability> Capabilities)
{
    /// <summary>Whether it leaves that right; what is for people only is never left, whatever the token says.</summary>
    public bool Allows(Capability capability, Place place) => CapabilityTable.Of(capability).IsForPrograms && Capabilities.Contains(capability) && (Place.Contains(place) || (capability is Capability.View && place.Contains(Place)));
}

namespace FrappeHybrid.Core.Teams;

/// <summary>A member's role in a team; <see cref="CapabilityTable"/> says what each may do.</summary>
public enum TeamRole
{
    /// <summary>Everything; the team itself, too.</summary>
    Owner,

    /// <summary>Servers, benches, sites and members.</summary>
    Admin,

    /// <summary>Benches and sites, with their logs.</summary>
    Developer,

    /// <summary>Looks at them.</summary>
    Viewer,
}

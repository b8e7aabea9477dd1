namespace FrappeHybrid.Core.Teams;

/// <summary>A member's role in a team.</summary>
public enum TeamRole
{
    /// <summary>Everything, members and billing included.</summary>
    Owner,

    /// <summary>Servers, benches and sites.</summary>
    Admin,

    /// <summary>Looks at them.</summary>
    Viewer,
}

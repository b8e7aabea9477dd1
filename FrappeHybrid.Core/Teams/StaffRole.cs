namespace FrappeHybrid.Core.Teams;

/// <summary>Whether a user belongs to the hosting company.</summary>
public enum StaffRole
{
    /// <summary>A customer.</summary>
    None,

    /// <summary>Looks at everything, changes nothing of the customer's.</summary>
    Support,

    /// <summary>Runs everything.</summary>
    Operator,
}

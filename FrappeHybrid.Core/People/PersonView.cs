using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.People;

/// <summary>Somebody who has an account, as the operator sees it.</summary>
/// <param name="LastSignInAt">Null when it is not known.</param>
/// <param name="DisabledAt">Since when an operator has closed the account; null when it is open.</param>
/// <param name="LockedUntil">Until when too many wrong passwords have closed it; null when they have not.</param>
/// <param name="IsLastOperator">Nobody else runs the portal.</param>
public sealed record PersonView(
    Guid Id,
    string Email,
    bool IsConfirmed,
    StaffRole Staff,
    IReadOnlyList<PersonTeam> Teams,
    DateTimeOffset? LastSignInAt,
    bool HasSecondFactor,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? LockedUntil,
    bool IsLastOperator,
    bool IsMe);

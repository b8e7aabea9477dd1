namespace FrappeHybrid.Core.Teams;

/// <summary>A request of support, or an access, as pages show it.</summary>
/// <param name="Place">Where the thing is now; null when it is gone.</param>
/// <param name="ThingName">"site shop.example.com", "team Customer".</param>
/// <param name="Minutes">For how long it was asked.</param>
/// <param name="Until">When it ends or ended by itself; null until it was granted.</param>
/// <param name="IsOpen">Support may act there now.</param>
/// <param name="MayAnswer">The actor decides about it.</param>
/// <param name="MayEnd">The actor may end it, or take it back.</param>
public sealed record SupportAccessView(
    Guid Id,
    Guid TeamId,
    string TeamName,
    Place? Place,
    string ThingName,
    string UserName,
    string Reason,
    int Minutes,
    DateTimeOffset AskedAt,
    SupportAccessState State,
    DateTimeOffset? Until,
    string? DecidedBy,
    bool IsOpen,
    bool MayAnswer,
    bool MayEnd)
{
    /// <summary>It was let in and the time is over.</summary>
    public bool HasRunOut => State is SupportAccessState.Granted && !IsOpen;
}

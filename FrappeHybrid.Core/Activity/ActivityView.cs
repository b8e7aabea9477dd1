using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Activity;

/// <summary>An entry of the record as pages and exports show it.</summary>
/// <param name="Who">The name of who did it at that time; with the token when a program did it.</param>
/// <param name="SupportAccessId">The access under which support did it; null for everybody else.</param>
/// <param name="TerminalId">The terminal that was opened or ended; null for everything else.</param>
public sealed record ActivityView(
    Guid Id,
    long Number,
    DateTimeOffset At,
    Guid UserId,
    string Who,
    string? TokenName,
    string? Address,
    string Act,
    string Summary,
    string? Reason,
    string? Before,
    string? After,
    ActivityResult Result,
    Place Place,
    Guid? JobId,
    string Seal,
    Guid? SupportAccessId = null,
    Guid? TerminalId = null)
{
    /// <summary>The page of what it was done to; null when there is none.</summary>
    public string? Link => JobId is { } job ? $"/jobs/{job}" : TerminalId is { } terminal ? $"/terminals/{terminal}" : Place.Kind switch
    {
        PlaceKind.Site => $"/sites/{Place.SiteId}",
        PlaceKind.Bench => $"/benches/{Place.BenchId}",
        PlaceKind.Server => $"/servers/{Place.ServerId}",
        _ => null,
    };
}

namespace FrappeHybrid.Core.Activity;

/// <summary>The one row that says where the record ends, so that an entry that is missing at its end is noticed; holds the key of the seals.</summary>
public sealed class ActivityHead
{
    /// <summary>Always 1.</summary>
    public required int Id { get; init; }

    /// <summary>The key of the seals, encrypted at rest (purpose "activity-seal").</summary>
    public required string KeyProtected { get; init; }

    /// <summary>Number of the last entry; 0 when there is none.</summary>
    public required long Number { get; set; }

    /// <summary>Its seal; empty when there is none.</summary>
    public required string Seal { get; set; }

    /// <summary>Keyed hash over number and seal, so that nobody shortens the record and this row together.</summary>
    public required string Signature { get; set; }
}

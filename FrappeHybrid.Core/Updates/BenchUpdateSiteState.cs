namespace FrappeHybrid.Core.Updates;

/// <summary>Where one site of a bench's update is.</summary>
public enum BenchUpdateSiteState
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>Its job waits or runs.</summary>
    Running,

    /// <summary>It is in the new bench.</summary>
    Done,

    /// <summary>Its update failed; the reason says what became of it.</summary>
    Failed,

    /// <summary>It was not there to be updated any more.</summary>
    Skipped,
}

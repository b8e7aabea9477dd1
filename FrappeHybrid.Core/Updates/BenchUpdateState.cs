namespace FrappeHybrid.Core.Updates;

/// <summary>Where the update of all sites of a bench is.</summary>
public enum BenchUpdateState
{
    /// <summary>Sites are updated, one first, then the rest; or it waits for its new bench.</summary>
    Running,

    /// <summary>On request: those that run go on, no other is begun.</summary>
    Paused,

    /// <summary>One failed: no other is begun until somebody decides.</summary>
    Stopped,

    /// <summary>All sites are through.</summary>
    Done,

    /// <summary>On request; what was updated stays updated.</summary>
    Cancelled,
}

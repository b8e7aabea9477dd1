namespace FrappeHybrid.Core.Benches;

/// <summary>Where a bench is.</summary>
public enum BenchState
{
    /// <summary>"New Bench" waits or runs.</summary>
    Installing,

    /// <summary>It answers.</summary>
    Active,

    /// <summary>"New Bench" failed; nothing of it is on the server; it can be tried again.</summary>
    Broken,

    /// <summary>"Archive Bench" waits or runs.</summary>
    Archiving,

    /// <summary>Gone from the server, or given up.</summary>
    Archived,
}

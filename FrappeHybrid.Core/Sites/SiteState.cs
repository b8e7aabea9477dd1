namespace FrappeHybrid.Core.Sites;

/// <summary>Where a site is.</summary>
public enum SiteState
{
    /// <summary>"New Site" waits or runs.</summary>
    Installing,

    /// <summary>It answers.</summary>
    Active,

    /// <summary>A job that takes it out of service (restore, update, rename, drop, ...) waits or runs; the reason names it.</summary>
    Working,

    /// <summary>An update failed and was taken back: it serves the old version. The reason says why.</summary>
    Recovered,

    /// <summary>A job failed and its way back failed too: a person must look. The reason says what to do.</summary>
    Fatal,

    /// <summary>"New Site" failed; nothing of it is on the server; it can be tried again.</summary>
    Broken,

    /// <summary>Dropped; its last backup is kept for seven days, from which it can be brought back.</summary>
    Trashed,

    /// <summary>Gone from the server, or given up.</summary>
    Archived,
}

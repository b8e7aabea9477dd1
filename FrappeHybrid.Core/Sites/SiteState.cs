namespace FrappeHybrid.Core.Sites;

/// <summary>Where a site is.</summary>
public enum SiteState
{
    /// <summary>"New Site" waits or runs.</summary>
    Installing,

    /// <summary>It answers.</summary>
    Active,

    /// <summary>"New Site" failed; nothing of it is on the server; it can be tried again.</summary>
    Broken,

    /// <summary>Gone from the server, or given up.</summary>
    Archived,
}

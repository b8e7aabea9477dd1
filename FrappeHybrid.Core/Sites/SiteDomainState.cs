namespace FrappeHybrid.Core.Sites;

/// <summary>Where a domain of a site is.</summary>
public enum SiteDomainState
{
    /// <summary>A job adds it.</summary>
    Adding,

    /// <summary>The site is reached under it.</summary>
    Active,

    /// <summary>A job removes it.</summary>
    Removing,
}

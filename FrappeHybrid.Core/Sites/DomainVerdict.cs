namespace FrappeHybrid.Core.Sites;

/// <summary>Where DNS sends the visitors of a domain.</summary>
public enum DomainVerdict
{
    /// <summary>To the site's server.</summary>
    Here,

    /// <summary>To another machine, wholly or in part.</summary>
    Elsewhere,

    /// <summary>Nowhere: there is no such name.</summary>
    Nowhere,

    /// <summary>Unknown: DNS did not answer.</summary>
    Unknown,
}

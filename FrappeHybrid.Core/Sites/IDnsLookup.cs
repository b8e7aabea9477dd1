namespace FrappeHybrid.Core.Sites;

/// <summary>Asks DNS; a test has its own.</summary>
public interface IDnsLookup
{
    /// <summary>What DNS says of a name now; null when there is no such name. Throws when DNS itself does not answer.</summary>
    Task<DnsAnswer?> FindAsync(string name, CancellationToken cancel);
}

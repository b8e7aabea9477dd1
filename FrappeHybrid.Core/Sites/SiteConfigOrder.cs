namespace FrappeHybrid.Core.Sites;

/// <summary>What <see cref="ChangeSiteConfig"/> is asked for.</summary>
/// <param name="Version">Of the configuration that the person saw.</param>
/// <param name="Set">Keys with their values as JSON.</param>
/// <param name="Remove">Keys that go.</param>
/// <param name="UndoOf">The change that this one takes back.</param>
public sealed record SiteConfigOrder(string Version, IReadOnlyDictionary<string, string> Set, IReadOnlyList<string> Remove, Guid? UndoOf = null)
{
    // A record prints all its members, and a value may be a password.
    /// <inheritdoc/>
    public override string ToString() => $"SiteConfigOrder {{ Set = {string.Join(", ", Set.Keys)}, Remove = {string.Join(", ", Remove)} }}";
}

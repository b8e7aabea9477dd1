namespace FrappeHybrid.Core.Sites;

/// <summary>What a change did to one key.</summary>
/// <param name="Key">Its name.</param>
/// <param name="IsSecret">Then neither value is known to the portal.</param>
/// <param name="Before">JSON of the value before; null when there was none, or when it is secret.</param>
/// <param name="After">JSON of the value after; null when the key went, or when it is secret.</param>
/// <param name="IsRemoved">The key went.</param>
public sealed record SiteConfigEdit(string Key, bool IsSecret, string? Before, string? After, bool IsRemoved);

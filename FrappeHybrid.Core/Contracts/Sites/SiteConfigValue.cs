using System.Text.Json;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>A key of a site's configuration.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">What it is set to; null of a secret one.</param>
/// <param name="IsSecret">Its value stays on the server.</param>
/// <param name="IsProtected">Kept by bench or by the portal's own acts; not to be changed here.</param>
public sealed record SiteConfigValue(string Key, JsonElement? Value, bool IsSecret, bool IsProtected);

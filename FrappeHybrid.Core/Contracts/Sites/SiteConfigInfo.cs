namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`GET /benches/{bench}/sites/{site}/config`: the site's own configuration. The values of secret keys never leave the server.</summary>
/// <param name="Version">Of this content; a change names it.</param>
/// <param name="Keys">By name.</param>
public sealed record SiteConfigInfo(string Version, IReadOnlyList<SiteConfigValue> Keys);

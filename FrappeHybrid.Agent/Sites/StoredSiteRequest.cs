using System.Text.Json;
using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>A request for a new site as agent.db keeps it: with its bench, without the password.</summary>
internal sealed record StoredSiteRequest(BenchName Bench, SiteName Name, IReadOnlyList<AppName> Apps);

/// <summary>The keys of a site's site_config.json that are read here.</summary>
internal sealed record SiteConfig(
    [property: JsonPropertyName("db_name")] string? DatabaseName, [property: JsonPropertyName("maintenance_mode")] JsonElement? MaintenanceMode);

/// <summary>JSON of sites.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredSiteRequest))]
[JsonSerializable(typeof(SiteConfig))]
[JsonSerializable(typeof(SiteDomains))]
[JsonSerializable(typeof(SiteTarget))]
[JsonSerializable(typeof(StoredSwitch))]
[JsonSerializable(typeof(StoredApp))]
[JsonSerializable(typeof(Updates.MaintenanceKeys))]
[JsonSerializable(typeof(StoredDomains))]
[JsonSerializable(typeof(StoredRename))]
[JsonSerializable(typeof(StoredConfigChange))]
[JsonSerializable(typeof(DomainsBefore))]
[JsonSerializable(typeof(RenameBefore))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(StoredPasswordReset))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<BenchVersion>))]
internal sealed partial class SiteJson : JsonSerializerContext;

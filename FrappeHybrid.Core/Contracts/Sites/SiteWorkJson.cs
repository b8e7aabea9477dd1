using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>JSON of the everyday work on a site, made at build time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClearCacheRequest))]
[JsonSerializable(typeof(SetSchedulerRequest))]
[JsonSerializable(typeof(SetMaintenanceRequest))]
[JsonSerializable(typeof(SetAdministratorPasswordRequest))]
[JsonSerializable(typeof(AppRequest))]
[JsonSerializable(typeof(ChangeDomainsRequest))]
[JsonSerializable(typeof(RenameSiteRequest))]
[JsonSerializable(typeof(ChangeSiteConfigRequest))]
[JsonSerializable(typeof(SiteConfigInfo))]
[JsonSerializable(typeof(SiteAppsResult))]
[JsonSerializable(typeof(UninstallPreview))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(SiteFactsInfo))]
public sealed partial class SiteWorkJson : JsonSerializerContext;

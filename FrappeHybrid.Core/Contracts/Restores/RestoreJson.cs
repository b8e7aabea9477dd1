using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>JSON of restores, copies and drops.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestoreSiteRequest))]
[JsonSerializable(typeof(RestoreNewSiteRequest))]
[JsonSerializable(typeof(CloneSiteRequest))]
[JsonSerializable(typeof(ReinstallSiteRequest))]
[JsonSerializable(typeof(DropSiteRequest))]
[JsonSerializable(typeof(UntrashSiteRequest))]
[JsonSerializable(typeof(PurgeSiteRequest))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(DropSiteResult))]
public sealed partial class RestoreJson : JsonSerializerContext;

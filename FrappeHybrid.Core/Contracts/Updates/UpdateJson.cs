using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>JSON of updates, made at build time so that the Agent can be trimmed.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MigrateSiteRequest))]
[JsonSerializable(typeof(UpdateSiteRequest))]
[JsonSerializable(typeof(UpdateSiteResult))]
[JsonSerializable(typeof(RecoverSiteRequest))]
[JsonSerializable(typeof(RecoverSiteResult))]
public sealed partial class UpdateJson : JsonSerializerContext;

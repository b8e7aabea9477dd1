using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>JSON of the upkeep's messages, made at build time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerLoad))]
[JsonSerializable(typeof(DiskUse))]
[JsonSerializable(typeof(CleanUpPlan))]
[JsonSerializable(typeof(CleanUpRequest))]
[JsonSerializable(typeof(CleanUpResult))]
public sealed partial class UpkeepJson : JsonSerializerContext;

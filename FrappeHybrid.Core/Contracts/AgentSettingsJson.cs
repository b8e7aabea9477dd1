using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts;

/// <summary>JSON of <see cref="AgentSettings"/>.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentSettings))]
public sealed partial class AgentSettingsJson : JsonSerializerContext;

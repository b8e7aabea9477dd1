using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>JSON of what portal and Agent tell each other beside the bytes of a terminal.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TerminalNote))]
public sealed partial class TerminalJson : JsonSerializerContext;

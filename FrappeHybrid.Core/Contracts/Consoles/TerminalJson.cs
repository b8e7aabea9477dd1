using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>JSON of what portal and Agent tell each other beside the bytes of a terminal.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TerminalSize))]
[JsonSerializable(typeof(TerminalExit))]
public sealed partial class TerminalJson : JsonSerializerContext;

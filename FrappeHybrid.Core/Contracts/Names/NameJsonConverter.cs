using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>Reads a checked name from JSON text; a name that does not pass is a <see cref="JsonException"/> with the rule it breaks.</summary>
public abstract class NameJsonConverter<T>(Func<string?, T?> parse, string rule) : JsonConverter<T>
    where T : class
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()) ?? throw new JsonException(rule);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

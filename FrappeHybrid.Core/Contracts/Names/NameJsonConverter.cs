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

/// <summary>JSON form of <see cref="BenchName"/>.</summary>
public sealed class BenchNameJsonConverter() : NameJsonConverter<BenchName>(text => BenchName.TryParse(text, out var name) ? name : null, BenchName.Rule);

/// <summary>JSON form of <see cref="SiteName"/>.</summary>
public sealed class SiteNameJsonConverter() : NameJsonConverter<SiteName>(text => SiteName.TryParse(text, out var name) ? name : null, SiteName.Rule);

/// <summary>JSON form of <see cref="AppName"/>.</summary>
public sealed class AppNameJsonConverter() : NameJsonConverter<AppName>(text => AppName.TryParse(text, out var name) ? name : null, AppName.Rule);

/// <summary>JSON form of <see cref="ImageReference"/>.</summary>
public sealed class ImageReferenceJsonConverter() : NameJsonConverter<ImageReference>(text => ImageReference.TryParse(text, out var image) ? image : null, ImageReference.Rule);

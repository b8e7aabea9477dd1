using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrappeHybrid.Portal.Api;

/// <summary>JSON of the API: strict in what it takes (unknown, double or missing members, numbers for words are refused), plain in what it gives.</summary>
internal static class ApiJson
{
    /// <summary>For answers. An older Agent may leave out what our types call required: that must not break an answer, so nulls are not checked here.</summary>
    public static JsonSerializerOptions Output { get; } = MakeOutput();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 32;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions MakeOutput()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.RespectNullableAnnotations = false;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FrappeHybrid.Portal.Api;

/// <summary>Reads the description of the API for its page: what stands there is what programs get.</summary>
public sealed class ApiReference([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private const int Deepest = 4;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>All endpoints in their order.</summary>
    public async Task<IReadOnlyList<ApiOperation>> ReadAsync(CancellationToken cancel)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancel);
        return
        [
            .. from path in document.Paths
               from operation in path.Value.Operations ?? []
               select Read(path.Key, operation.Key.Method, operation.Value),
        ];
    }

    private static ApiOperation Read(string path, string method, OpenApiOperation operation)
    {
        var content = operation.RequestBody?.Content;
        var body = content is not null && content.TryGetValue("application/json", out var json) ? json.Schema : null;
        return new ApiOperation(
            operation.OperationId ?? $"{method} {path}",
            operation.Tags?.FirstOrDefault()?.Name ?? "Other",
            method,
            path,
            operation.Summary ?? path,
            operation.Description ?? "",
            operation.Extensions is { } more && more.TryGetValue("x-right", out var extension) && extension is JsonNodeExtension { Node: JsonValue right } ? right.GetValue<string>() : "",
            [.. (operation.Parameters ?? []).Select(each => new ApiField(each.In?.ToString().ToLowerInvariant() ?? "query", each.Name ?? "", TypeOf(each.Schema), each.Required, each.Description ?? ""))],
            Members(body),
            body is null ? null : Example(body, 0)?.ToJsonString(Readable) ?? "{}",
            body is null && content is { Count: > 0 },
            [.. (operation.Responses ?? []).Where(answer => answer.Key.StartsWith('2')).Select(answer => new ApiAnswerShape(answer.Key, Members(answer.Value.Content?.Values.FirstOrDefault()?.Schema)))]);
    }

    private static List<ApiField> Members(IOpenApiSchema? schema)
    {
        var plain = Plain(schema);
        if (plain?.Items is { } items)
            plain = Plain(items);
        return [.. (plain?.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)).Select(member => new ApiField(
            "body", member.Key, TypeOf(member.Value), plain!.Required?.Contains(member.Key) is true, member.Value.Description ?? ""))];
    }

    private static string TypeOf(IOpenApiSchema? schema)
    {
        var plain = Plain(schema);
        if (plain is null)
            return "any";
        if (plain.Enum is { Count: > 0 } words)
            return string.Join(" | ", words.Where(word => word is not null).Select(word => word.ToString()));
        return (plain.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Array => $"list of {TypeOf(plain.Items)}",
            JsonSchemaType.String => plain.Format ?? "text",
            JsonSchemaType.Integer => "integer",
            JsonSchemaType.Number => "number",
            JsonSchemaType.Boolean => "true | false",
            JsonSchemaType.Object => "object",
            _ => plain.Properties is { Count: > 0 } ? "object" : "any",
        };
    }

    // "This or null" is written as two schemas.
    private static IOpenApiSchema? Plain(IOpenApiSchema? schema) =>
        schema?.OneOf is { Count: > 0 } several ? Plain(several.FirstOrDefault(each => each.Type != JsonSchemaType.Null)) : schema;

    private static JsonNode? Example(IOpenApiSchema? schema, int depth)
    {
        var plain = Plain(schema);
        if (plain is null || depth > Deepest)
            return null;
        if (plain.Default is { } usual)
            return usual.DeepClone();
        if (plain.Enum is [{ } first, ..])
            return first.DeepClone();
        if (plain.Properties is { Count: > 0 } members)
            return new JsonObject(members.Where(member => plain.Required?.Contains(member.Key) is true || plain.Required is not { Count: > 0 }).Select(member => KeyValuePair.Create(member.Key, Example(member.Value, depth + 1))));
        return (plain.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Array => new JsonArray(),
            JsonSchemaType.String => plain.Format is "uuid" ? Guid.Empty.ToString() : "",
            JsonSchemaType.Integer or JsonSchemaType.Number => 1,
            JsonSchemaType.Boolean => false,
            _ => null,
        };
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FrappeHybrid.Portal.Api;

/// <summary>The description of the API, OpenAPI 3.1, made from the endpoints themselves.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    private const string Bearer = "token";
    private static readonly string? NamesNamespace = typeof(Core.Contracts.Names.SiteName).Namespace;

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => $"/{description.RelativePath}".StartsWith(ApiPaths.Root + "/", StringComparison.Ordinal);
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Checked names are texts with a rule; their converters hide that.
            if (context.JsonTypeInfo.Type.Namespace == NamesNamespace)
                schema.Type = JsonSchemaType.String;
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication portal) => portal.MapOpenApi(ApiPaths.Document).RequireAuthorization(nameof(Capability.View)).RequireRateLimiting(ApiEndpoints.RateLimit);

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "FrappeHybrid",
            Version = "v1",
            Description = "Servers, benches, sites, backups and jobs for programs. Make a token in the portal under \"API tokens\" and send it as \"Authorization: Bearer fh_...\". "
                + "Long work answers 202 with a job: ask for the address in Location until hasEnded is true. Problems are application/problem+json; decide by their code.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "fh_...", Description = "An API token." };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = OperationId(context.Description.HttpMethod, context.Description.RelativePath);
        if (metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().LastOrDefault() is { } right)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
            operation.Extensions["x-right"] = new JsonNodeExtension(JsonValue.Create(right));
        }

        if (Idempotency.TakesKey(context.Description.HttpMethod, new EndpointMetadataCollection(metadata)))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "A random text of your own, 1 to 200 characters. The same request with the same key is done once; for 24 hours it gets the same answer again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
        }

        return Task.CompletedTask;
    }

    // "post_sites_id_backups": stable as long as method and path are.
    private static string OperationId(string? method, string? path) => $"{method?.ToLowerInvariant()}_{string.Concat((path ?? "")["api/v1/".Length..].Replace('/', '_').Replace('-', '_').Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_'))}";
}

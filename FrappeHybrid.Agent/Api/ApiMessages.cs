using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Api;

/// <summary>Reading what a request says, and writing answers.</summary>
internal static class ApiMessages
{
    /// <summary>Far more than any request of the contract.</summary>
    public const int LongestBody = 64 * 1024;

    /// <summary>The whole body; a digest is made of it, so that it is kept as it came.</summary>
    public static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    public static T Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw ApiException.Invalid("invalid-request", "The request has no content.");
        }
        catch (JsonException exception) when (IsRule(exception.Message))
        {
            throw ApiException.Invalid("invalid-name", exception.Message);
        }
        catch (JsonException exception)
        {
            // The place, not the text around it: that may be a password.
            throw ApiException.Invalid("invalid-request", "The request is not the JSON that this route takes.", $"At {exception.Path ?? "$"}, line {exception.LineNumber + 1}.");
        }
    }

    public static BenchName Bench(HttpContext context) =>
        BenchName.TryParse((string?)context.Request.RouteValues["bench"], out var bench) ? bench : throw ApiException.Invalid("invalid-name", BenchName.Rule);

    public static SiteName Site(HttpContext context) =>
        SiteName.TryParse((string?)context.Request.RouteValues["site"], out var site) ? site : throw ApiException.Invalid("invalid-name", SiteName.Rule);

    /// <summary>The bench that the route names, or 404.</summary>
    public static (BenchFolder Folder, BenchRecord Record) FindBench(HttpContext context, BenchCatalog catalog)
    {
        var folder = catalog.Folder(Bench(context));
        return folder.Read() is { } record ? (folder, record) : throw ApiException.NotFound($"There is no bench called {folder.Bench} on this server.");
    }

    public static async Task AnswerAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    public static async Task AnswerAsync(HttpContext context, AgentProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, problem, AgentJson.Default.AgentProblem, context.RequestAborted);
    }

    /// <summary>One line of a stream, on its way with the next <see cref="FlushAsync"/>.</summary>
    public static void WriteLine(HttpContext context, ReadOnlySpan<byte> line)
    {
        context.Response.BodyWriter.Write(line);
        context.Response.BodyWriter.Write("\n"u8);
    }

    /// <summary>Sends what was written; waits while the reader is behind.</summary>
    public static async Task FlushAsync(HttpContext context) => await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

    public static async Task OpenStreamAsync(HttpContext context)
    {
        context.Response.ContentType = AgentRoutes.JsonLines;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.StartAsync(context.RequestAborted);
    }

    private static bool IsRule(string message) => message is BenchName.Rule or SiteName.Rule or DomainName.Rule or AppName.Rule or ImageReference.Rule;
}

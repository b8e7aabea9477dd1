using System.Text.Json;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Portal.Api;

/// <summary>No program gets an HTML page: what is thrown or left without words under the API becomes problem+json.</summary>
internal static partial class ApiErrorMiddleware
{
    public static void UseApiErrors(this WebApplication portal) => portal.Use(async (context, next) =>
    {
        if (!context.IsApi())
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Read(problem));
            return;
        }
        catch (Exception problem) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILogger<ApiProblem>>().LogError(problem, "{Method} {Path} failed", context.Request.Method, context.GetEndpoint()?.DisplayName);
            await WriteAsync(context, ApiErrors.OfStatus(StatusCodes.Status500InternalServerError));
            return;
        }

        var response = context.Response;
        if (!response.HasStarted && response is { StatusCode: >= 400, ContentType: null, ContentLength: null or 0 })
            await ApiErrors.OfStatus(response.StatusCode).ExecuteAsync(context);
    });

    // What is thrown for a request that cannot be read names the member, never its value.
    private static IResult Read(BadHttpRequestException problem)
    {
        if (problem.StatusCode is not StatusCodes.Status400BadRequest)
            return ApiErrors.OfStatus(problem.StatusCode);
        if (problem.InnerException is not JsonException json)
            return ApiErrors.Of(new Error("request-invalid", "The request cannot be read: a parameter is missing or has not the form that it should have.", "Look at the description of this address.", Cut(problem.Message)));
        return ApiErrors.Of(new Error("request-invalid", $"The request's body cannot be read{(json.Path is { Length: > 1 } path ? $" at {path}" : "")}.", "Look at the description of this address: each member is named there, and no other is taken.", Cut(OwnType().Replace(json.Message, "${name}"))));
    }

    // "FrappeHybrid.Portal.Api.NewServerBody" says no more than "NewServerBody".
    [GeneratedRegex(@"FrappeHybrid(\.\w+)*\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnType();

    private static string Cut(string text) => text.Length > 300 ? text[..300] : text;

    private static async Task WriteAsync(HttpContext context, IResult result)
    {
        context.Response.Clear();
        context.Response.Headers.CacheControl = "no-store";
        await result.ExecuteAsync(context);
    }
}

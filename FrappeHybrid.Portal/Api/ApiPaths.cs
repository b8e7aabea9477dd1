namespace FrappeHybrid.Portal.Api;

/// <summary>Where the API for programs is. What is under it takes tokens and no cookies, and answers in JSON only.</summary>
internal static class ApiPaths
{
    public const string Root = "/api/v1";
    public const string Document = "/api/v1/openapi.json";

    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static string Job(Guid id) => $"{Root}/jobs/{id}";

    public static string Play(Guid id) => $"{Root}/plays/{id}";
}

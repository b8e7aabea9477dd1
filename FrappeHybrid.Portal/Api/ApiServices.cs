using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace FrappeHybrid.Portal.Api;

/// <summary>What the API needs beside Core.</summary>
internal static class ApiServices
{
    /// <summary>Requests of one token within a minute.</summary>
    public const int MostPerMinute = 600;

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<BadTokens>();
        services.AddSingleton<Answers>();
        services.AddSingleton<ApiReference>();
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        // So that a refused body can be explained; what is not the API's becomes a plain status again, see UsePlainBadRequests.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<RateLimiterOptions>(options => options.AddPolicy(ApiEndpoints.RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.User.FindFirstValue(Claims.Token) ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = MostPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 })));
        services.AddApiDocument();
    }

    /// <summary>Tokens under the API, cookies everywhere else; the description alone takes both, so that a signed-in person can read it.</summary>
    public static AuthenticationBuilder AddApiTokens(this AuthenticationBuilder authentication, string cookieScheme)
    {
        authentication.AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.Name, null);
        return authentication.AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
            !context.IsApi() || (IsDocument(context) && context.Request.Headers.Authorization.Count == 0 && context.Request.Cookies.ContainsKey(CookieOf(context, cookieScheme))) ? cookieScheme : ApiTokenHandler.Name);
    }

    /// <summary>The default scheme: chooses between the two.</summary>
    public const string Scheme = "CookieOrToken";

    public static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await ApiErrors.TooMany($"A token makes at most {MostPerMinute} requests a minute.").ExecuteAsync(rejected.HttpContext);
    }

    /// <summary>A request that cannot be read is the browser's fault and no failure of the portal.</summary>
    public static void UsePlainBadRequests(this WebApplication portal) => portal.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = problem.StatusCode;
        }
    });

    // By https its name has a prefix.
    private static string CookieOf(HttpContext context, string scheme) =>
        context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme).Cookie.Name ?? "";

    private static bool IsDocument(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Equals(ApiPaths.Document, StringComparison.OrdinalIgnoreCase);
}

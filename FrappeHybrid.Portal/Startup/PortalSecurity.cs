using System.Threading.RateLimiting;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;

namespace FrappeHybrid.Portal.Startup;

/// <summary>Headers of every answer, and how often one address may try to sign in.</summary>
internal static class PortalSecurity
{
    /// <summary>Policy of the pages that take a password or a one-time link.</summary>
    public const string SignInLimit = "sign-in";

    /// <summary>Item of a request whose answer must go elsewhere, and therefore has a policy of its own.</summary>
    public const string OwnPolicy = "own-content-security-policy";

    // Scripts only from here, none inline. Styles may be inline: the component kit and the terminal set positions that way.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddPortalSecurity(this IServiceCollection services)
    {
        // A proxy on this machine ends TLS; only it is believed (the default knows loopback alone).
        services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<CoreOptions>((options, core) => CookieRules.Apply(options.Cookie, "frappe-hybrid.form", SameSiteMode.Strict, core));
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (context, cancel) =>
            {
                if (context.HttpContext.IsApi())
                    await ApiServices.RejectAsync(context, cancel);
                else
                    await context.HttpContext.Response.WriteAsync("Too many tries from this address. Wait a minute, then try again.", cancel);
            };
            options.AddPolicy(SignInLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 })
                : RateLimitPartition.GetNoLimiter("reading"));
        });
    }

    public static void UseSecurityHeaders(this WebApplication portal) => portal.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.Items[OwnPolicy] as string ?? ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            if (!headers.ContainsKey("Referrer-Policy"))
                headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        });
        return next(context);
    });
}

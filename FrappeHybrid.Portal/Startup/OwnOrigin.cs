namespace FrappeHybrid.Portal.Startup;

/// <summary>
/// Browsers let any page open a WebSocket to anywhere, with cookies; only the header Origin tells whose page it is. Circuits and hubs are for our own pages.
/// What sends no Origin is no browser and has nobody's cookies.
/// </summary>
internal static class OwnOrigin
{
    private static readonly string[] Guarded = ["/_blazor", "/hubs"];

    public static void UseOwnOrigin(this WebApplication portal)
    {
        var publicUrl = portal.Services.GetRequiredService<CoreOptions>().PublicAddress;
        portal.Use((context, next) =>
        {
            var request = context.Request;
            if (!Array.Exists(Guarded, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                || request.Headers.Origin is not [_, ..] origins || IsOwn(origins.ToString(), request, publicUrl))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    private static bool IsOwn(string origin, HttpRequest request, Uri? publicUrl) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (string.Equals(from.Authority, request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase)
            || (publicUrl is not null && string.Equals(from.GetLeftPart(UriPartial.Authority), publicUrl.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)));
}

using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Backups;

/// <summary>The download of the portal's backups of itself: a stream, kept by no cache, for who runs the portal.</summary>
internal static class PortalBackupEndpoints
{
    /// <summary>The address of a download. The name is no secret; the sign-in is what opens it.</summary>
    public static string Download(string name) => $"/portal/backup/download/{name}";

    public static void MapPortalBackups(this WebApplication portal) =>
        portal.MapGet("/portal/backup/download/{name}", DownloadAsync).RequireAuthorization(nameof(Capability.OperatePortal));

    private static async Task<IResult> DownloadAsync(string name, HttpContext context, Actors actors, DownloadPortalBackup download, CancellationToken cancel)
    {
        if (await actors.OfAsync(context.User, cancel) is not { } actor)
            return Results.Unauthorized();
        var opened = await download.RunAsync(actor, name, cancel);
        if (!opened.IsDone)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";

        // The browser can say how far it is, and notices when the rest does not come.
        context.Response.ContentLength = opened.Value.Length;
        return Results.Stream(opened.Value, "application/zip", name);
    }
}

using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace FrappeHybrid.Portal.Backups;

/// <summary>Files of backups between browser and server: both ways they pass through as streams, whatever their size.</summary>
internal static class BackupEndpoints
{
    /// <summary>The address of a download; the token in it works once, and only for who is signed in.</summary>
    public static string Download(string token) => $"/backups/download/{token}";

    public static void MapBackupEndpoints(this WebApplication portal)
    {
        portal.MapGet("/backups/download/{token}", DownloadAsync).RequireAuthorization(nameof(Capability.ManageSites));
        portal.MapPut("/sites/{id:guid}/uploads/{upload:guid}/{kind}", UploadAsync).RequireAuthorization(nameof(Capability.ManageSites));
    }

    private static async Task<IResult> DownloadAsync(string token, HttpContext context, Actors actors, DownloadBackup download, CancellationToken cancel)
    {
        if (await actors.OfAsync(context.User, cancel) is not { } actor)
            return Results.Unauthorized();
        var opened = await download.RunAsync(actor, token, cancel);
        if (!opened.IsDone)
            return Say(opened.Error);
        context.Response.RegisterForDispose(opened.Value);
        var file = opened.Value.File;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[BackupRoutes.Sha256Header] = file.Sha256;

        // The browser can say how far it is, and notices when the rest does not come.
        context.Response.ContentLength = file.Bytes;
        return Results.Stream(await opened.Value.ReadAsync(cancel), "application/octet-stream", file.Name);
    }

    private static async Task<IResult> UploadAsync(
        Guid id, Guid upload, string kind, HttpContext context, IAntiforgery antiforgery, Actors actors, UploadBackupFile uploads, CancellationToken cancel)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.BadRequest();
        if (await actors.OfAsync(context.User, cancel) is not { } actor)
            return Results.Unauthorized();
        if (!Enum.TryParse<BackupFileKind>(kind, ignoreCase: false, out var file) || !Enum.IsDefined(file) || file.ToString() != kind)
            return Results.NotFound();

        // Of this route alone; everywhere else the usual 30 MB hold.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        var arrived = await uploads.RunAsync(actor, id, upload, file, context.Request.Body, context.Request.ContentLength, cancel);
        return arrived.IsDone ? Results.Json(arrived.Value, BackupJson.Default.BackupFile) : Say(arrived.Error);
    }

    private static IResult Say(Error error) => Results.Text(
        error.Advice is null ? error.Message : $"{error.Message} {error.Advice}", statusCode: error.Code == Error.NotFound.Code ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
}

using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The download of a job's support bundle: a plain response, so that the browser saves it.</summary>
internal static class SupportBundleEndpoint
{
    private const string Path = "/jobs/{id:guid}/support-bundle";

    public static string For(Guid job) => $"/jobs/{job}/support-bundle";

    public static void MapSupportBundle(this WebApplication portal) => portal.MapGet(Path, SendAsync).RequireAuthorization(nameof(Capability.View));

    private static async Task<IResult> SendAsync(Guid id, HttpContext context, Actors actors, SupportBundle bundle, CancellationToken cancel) =>
        await actors.OfAsync(context.User, cancel) is { } actor && await MakeAsync(actor, id, bundle, cancel) is { IsDone: true } made ? made.Value : Results.NotFound();

    /// <summary>The answer with the archive, or why there is none.</summary>
    public static async Task<Result<FileStreamHttpResult>> MakeAsync(Actor actor, Guid id, SupportBundle bundle, CancellationToken cancel)
    {
        // Through a file: an archive is not held in memory, and a failure in the middle does not become half a download.
        var file = new FileStream(
            System.IO.Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var written = await bundle.WriteAsync(actor, id, PortalHost.Version, file, cancel);
        if (!written.IsDone)
        {
            await file.DisposeAsync();
            return written.Error;
        }

        file.Position = 0;
        return TypedResults.Stream(file, "application/zip", written.Value);
    }
}

using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Mvc;

namespace FrappeHybrid.Portal.Api;

/// <summary>Backups: taking, keeping, fetching and bringing them.</summary>
internal static class BackupApi
{
    public static void MapBackups(this RouteGroupBuilder api)
    {
        var backups = api.Resource("Backups");
        backups.MapGet("/sites/{id:guid}/backups", async (HttpContext context, Guid id, Caller caller, [AsParameters] Paging paging, BackupQueries queries, CancellationToken cancel) =>
                await queries.ListAsync(caller.Actor, id, cancel) is { } list
                    ? paging.Of(context, list.Backups, backup => (Paging.NewestFirst(backup.TakenAt), backup.Id), BackupModel.Of)
                    : ApiErrors.Of(Error.NotFound))
            .Asks(Capability.View, "List a site's backups", "The newest first.").Gives<ApiList<BackupModel>>();
        backups.MapGet("/sites/{id:guid}/backups/restorable", async (HttpContext context, Guid id, Caller caller, [AsParameters] Paging paging, RestoreQueries queries, SiteQueries sites, CancellationToken cancel) =>
                await sites.FindAsync(caller.Actor, id, cancel) is null ? ApiErrors.Of(Error.NotFound) : paging.Of(context, await queries.BackupsForAsync(caller.Actor, id, cancel), backup => (Paging.NewestFirst(backup.TakenAt), backup.Id), BackupModel.Of))
            .Asks(Capability.View, "List what can be restored into a site", "Its own backups, and those of the team's other sites on its server.").Gives<ApiList<BackupModel>>();
        backups.MapPost("/sites/{id:guid}/backups", async (Guid id, NewBackupBody body, Caller caller, BackupSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.WithFiles, cancel), cancel))
            .Asks(Capability.ManageSites, "Back up a site").GivesRun();
        backups.MapGet("/sites/{id:guid}/backups/retention", async (Guid id, Caller caller, BackupQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.ListAsync(caller.Actor, id, cancel) is { } list ? new RetentionModel(list.Keep) : null))
            .Asks(Capability.View, "Get how many backups are kept").Gives<RetentionModel>();
        backups.MapPut("/sites/{id:guid}/backups/retention", async (Guid id, RetentionModel body, Caller caller, SetBackupRetention act, CancellationToken cancel) =>
                Answers.Done(await act.RunAsync(caller.Actor, id, body.Keep, cancel)))
            .Asks(Capability.ManageSites, "Set how many backups are kept").GivesNothing();
        backups.MapGet("/backups/{id:guid}", async (Guid id, Caller caller, BackupQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } backup ? BackupModel.Of(backup) : null))
            .Asks(Capability.View, "Get a backup").Gives<BackupModel>();
        backups.MapDelete("/backups/{id:guid}", async (Guid id, Caller caller, DeleteBackup act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Delete a backup", "Not the newest of its site.").GivesNothing();
        backups.MapGet("/backups/{id:guid}/files/{kind}", DownloadAsync)
            .Asks(Capability.ManageSites, "Download a file of a backup", "Its kind is database, publicFiles, privateFiles or siteConfig. The header X-Sha256 of the answer is its checksum.")
            .Produces<Stream>(200, "application/octet-stream").Refuses().AsksServer();
    }

    public static void MapSiteCopies(this RouteGroupBuilder api)
    {
        var copies = api.Resource("Restoring and copying sites");
        copies.MapPost("/sites/{id:guid}/restore", async (Guid id, RestoreBody body, Caller caller, RestoreSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.BackupId, body.WithoutBackup, cancel), cancel))
            .Asks(Capability.ManageSites, "Restore a site", "Puts a backup in the place of what the site is, after a safety backup.").GivesRun();
        copies.MapPost("/sites/{id:guid}/reinstall", async (Guid id, ReinstallBody body, Caller caller, ReinstallSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ConfirmedName, body.AdministratorPassword, body.WithoutBackup, cancel), cancel))
            .Asks(Capability.ManageSites, "Reinstall a site", "Its apps stay, its data goes, after a backup.").GivesRun();
        copies.MapPost("/sites/{id:guid}/clone", async (Guid id, CopyBody body, Caller caller, CloneSite act, Answers answers, CancellationToken cancel) =>
                await answers.NewSiteAsync(caller, await act.RunAsync(caller.Actor, id, body.BenchId, body.Name, body.AdministratorPassword, body.Quiet, cancel), cancel))
            .Asks(Capability.ManageSites, "Clone a site", "The job's siteId is the new site.").GivesRun();
        copies.MapPost("/backups/{id:guid}/new-site", async (Guid id, CopyBody body, Caller caller, RestoreIntoNewSite act, Answers answers, CancellationToken cancel) =>
                await answers.NewSiteAsync(caller, await act.RunAsync(caller.Actor, body.BenchId, id, body.Name, body.AdministratorPassword, body.Quiet, cancel), cancel))
            .Asks(Capability.ManageSites, "Make a new site out of a backup", "The job's siteId is the new site.").GivesRun();
    }

    public static void MapUploads(this RouteGroupBuilder api)
    {
        var uploads = api.Resource("Uploading backups");
        uploads.MapPut("/sites/{id:guid}/uploads/{upload:guid}/{kind}", UploadAsync)
            .Asks(Capability.ManageSites, "Upload a file of a backup", "The body is the file, of any size. The upload's id is a UUID of your own for all its files; the kind is database, publicFiles, privateFiles or siteConfig.")
            .WithMetadata(new LargeBody(), new DisableRequestSizeLimitAttribute()).Accepts<Stream>("application/octet-stream").Gives<BackupFile>().Refuses().AsksServer();
        uploads.MapPost("/sites/{id:guid}/uploads/{upload:guid}/keep", async (Guid id, Guid upload, Caller caller, KeepUpload act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, upload, cancel), cancel))
            .Asks(Capability.ManageSites, "Make an upload a backup", "When all its files are there.").GivesRun();
    }

    public static void MapTrash(this RouteGroupBuilder api)
    {
        var trash = api.Resource("Trash");
        trash.MapGet("/trash", async (HttpContext context, Caller caller, [AsParameters] Paging paging, TrashQueries queries, CancellationToken cancel) =>
                paging.Of(context, await queries.ListAsync(caller.Actor, cancel), site => (site.Name, site.SiteId), TrashModel.Of))
            .Asks(Capability.View, "List dropped sites").Gives<ApiList<TrashModel>>();
        trash.MapPost("/trash/{id:guid}/bring-back", async (Guid id, BringBackBody body, Caller caller, BringBackSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Name, body.BenchId, cancel), cancel))
            .Asks(Capability.ManageSites, "Bring a dropped site back").GivesRun();
        trash.MapPost("/trash/{id:guid}/purge", async (Guid id, PurgeBody body, Caller caller, PurgeSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ConfirmedName, cancel), cancel))
            .Asks(Capability.ManageSites, "Delete a dropped site for ever", "Its files, its backups, everything.").GivesRun();
    }

    // The two acts of a browser's download in one request: the link never leaves the portal.
    private static async Task<IResult> DownloadAsync(Guid id, Choice<BackupFileKind> kind, HttpContext context, Caller caller, CreateDownloadLink link, DownloadBackup download, CancellationToken cancel)
    {
        var made = await link.RunAsync(caller.Actor, id, kind.Value, cancel);
        if (!made.IsDone)
            return ApiErrors.Of(made.Error);
        var opened = await download.RunAsync(caller.Actor, made.Value, cancel);
        if (!opened.IsDone)
            return ApiErrors.Of(opened.Error);
        context.Response.RegisterForDispose(opened.Value);
        var file = opened.Value.File;
        context.Response.Headers[BackupRoutes.Sha256Header] = file.Sha256;
        context.Response.ContentLength = file.Bytes;
        return Results.Stream(await opened.Value.ReadAsync(cancel), "application/octet-stream", file.Name);
    }

    private static async Task<IResult> UploadAsync(Guid id, Guid upload, Choice<BackupFileKind> kind, HttpContext context, Caller caller, UploadBackupFile uploads, CancellationToken cancel) =>
        Answers.Value(await uploads.RunAsync(caller.Actor, id, upload, kind.Value, context.Request.Body, context.Request.ContentLength, cancel));
}

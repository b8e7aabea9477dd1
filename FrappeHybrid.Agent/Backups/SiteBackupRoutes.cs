using System.Text.Json;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Backups;

/// <summary>`/benches/{bench}/sites/{site}/backups`: the list, a new one, one file of one, its removal.</summary>
internal sealed class SiteBackupRoutes(BackupStore store, BenchCatalog catalog, JobIntake intake) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BackupRoutes.Backups, (RequestDelegate)ListAsync);
        routes.MapPost(BackupRoutes.Backups, (RequestDelegate)TakeAsync);
        routes.MapDelete(BackupRoutes.Backup, (RequestDelegate)Remove);
        routes.MapGet(BackupRoutes.File, (RequestDelegate)ReadAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var (bench, site) = Place(context);
        await ApiMessages.AnswerAsync(context, store.List(bench, site), BackupJson.Default.IReadOnlyListBackupRecord);
    }

    private async Task TakeAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var (bench, site) = Place(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BackupJson.Default.BackupSiteRequest);
        var stored = JsonSerializer.Serialize(new StoredBackupRequest(bench, site, request.WithFiles), StoredBackupJson.Default.StoredBackupRequest);
        await intake.SubmitAsync(context, key, BackupJobTypes.BackupSite, stored, secret: null);
    }

    /// <summary>At once, and gone for good when it answers; also when there was none. One that is still being made is its job's, and stays.</summary>
    private Task Remove(HttpContext context)
    {
        var (bench, site) = Place(context);
        if (store.Find(bench, site, Id(context, "backup")) is { } record)
            BackupStore.Remove(store.FolderOf(bench, site, record.Id));

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task ReadAsync(HttpContext context)
    {
        var (bench, site) = Place(context);
        var backup = Id(context, "backup");
        var kind = Kind(context);
        var file = store.Find(bench, site, backup)?.Find(kind);
        if (file is null || store.FindFile(bench, site, backup, kind) is not { } path)
            throw ApiException.NotFound("There is no such backup on this server, or it has no such file.");

        await using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan | FileOptions.Asynchronous });
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = stream.Length;
        context.Response.Headers[BackupRoutes.Sha256Header] = file.Sha256;
        context.Response.Headers.CacheControl = "no-store";
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    internal static BackupFileKind Kind(HttpContext context) =>
        Array.Find(Enum.GetValues<BackupFileKind>().Cast<BackupFileKind?>().ToArray(), each => each.ToString() == (string?)context.Request.RouteValues["kind"])
        ?? throw ApiException.Invalid("invalid-request", $"A file of a backup is one of {string.Join(", ", Enum.GetNames<BackupFileKind>())}.");

    internal static Guid Id(HttpContext context, string name) => Guid.TryParseExact((string?)context.Request.RouteValues[name], "D", out var id) && id != Guid.Empty
        ? id
        : throw ApiException.NotFound($"There is no such {name} on this server.");

    private (BenchName Bench, SiteName Site) Place(HttpContext context) => (ApiMessages.FindBench(context, catalog).Folder.Bench, ApiMessages.Site(context));
}

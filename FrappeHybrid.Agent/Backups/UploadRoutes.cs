using System.Text.Json;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.AspNetCore.Http.Features;

namespace FrappeHybrid.Agent.Backups;

/// <summary>`/benches/{bench}/sites/{site}/uploads/{upload}`: files come in one by one, of any size, as streams; a job then makes them a backup.</summary>
internal sealed class UploadRoutes(BackupStore store, BenchCatalog catalog, JobIntake intake) : IRoutes
{
    private const int ChunkBytes = 128 * 1024;

    /// <summary>Room that an upload leaves on the disk.</summary>
    private const long Reserve = 256L << 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(BackupRoutes.UploadFile, (RequestDelegate)ReceiveAsync);
        routes.MapPost(BackupRoutes.Upload, (RequestDelegate)KeepAsync);
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var (folder, _) = ApiMessages.FindBench(context, catalog);
        var site = ApiMessages.Site(context);
        if (!folder.ReadSites().Contains(site))
            throw ApiException.NotFound($"Bench {folder.Bench} has no site {site}.");

        var kind = SiteBackupRoutes.Kind(context);
        var upload = store.UploadOf(folder.Bench, site, SiteBackupRoutes.Id(context, "upload"));

        // The limit of all other routes is 64 KB.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        RequireRoom(folder, context.Request.ContentLength ?? 0);
        BackupStore.Begin(upload);
        var part = Path.Combine(upload, $"{kind}-{context.TraceIdentifier.Replace(':', '-')}{BackupStore.PartEnding}");
        try
        {
            var received = await ReceiveAsync(context, folder, kind, part);
            File.Move(part, Path.Combine(upload, kind.ToString()), overwrite: true);
            DurableFile.Write(Path.Combine(upload, $"{kind}.json"), JsonSerializer.Serialize(received, BackupJson.Default.BackupFile), DurableFile.Secret);
            await ApiMessages.AnswerAsync(context, received, BackupJson.Default.BackupFile);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<BackupFile> ReceiveAsync(HttpContext context, BenchFolder folder, BackupFileKind kind, string part)
    {
        await using var file = new HashedFile(part);
        var buffer = new byte[ChunkBytes];
        var told = 0L;
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            if (file.Length - told > Reserve / 4)
            {
                told = file.Length;
                RequireRoom(folder, 0);
            }
        }

        return file.Finish(kind);
    }

    private async Task KeepAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var (folder, _) = ApiMessages.FindBench(context, catalog);
        await ApiMessages.ReadBodyAsync(context);
        var stored = new StoredUploadRequest(folder.Bench, ApiMessages.Site(context), SiteBackupRoutes.Id(context, "upload"));
        await intake.SubmitAsync(context, key, BackupJobTypes.KeepUpload, JsonSerializer.Serialize(stored, StoredBackupJson.Default.StoredUploadRequest), secret: null);
    }

    private static void RequireRoom(BenchFolder folder, long bytes)
    {
        if (BackupStore.FreeAt(folder.Backups) < bytes + Reserve)
        {
            throw new ApiException(
                StatusCodes.Status507InsufficientStorage, JobErrorCodes.DiskFull, "There is no room on the server for this file.", "Delete old backups, or make the server's disk larger.");
        }
    }
}

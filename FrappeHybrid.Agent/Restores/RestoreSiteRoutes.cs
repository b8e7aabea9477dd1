using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>Restoring, copying, reinstalling and dropping sites: every one a job.</summary>
internal sealed class RestoreSiteRoutes(JobIntake intake) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(RestoreRoutes.Restore, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.RestoreSiteRequest, RestoreJobTypes.RestoreSite, request =>
            IsWhole(request.Backup)
                ? (Text(new StoredRestore(ApiMessages.Bench(context), ApiMessages.Site(context), request.Backup, request.SafetyBackup), StoredRestoreJson.Default.StoredRestore), null)
                : throw JobIntake.Missing("backup with bench, site and id"))));
        routes.MapPost(RestoreRoutes.RestoreNew, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.RestoreNewSiteRequest, RestoreJobTypes.RestoreNewSite, request =>
            request.Name is not null && IsWhole(request.Backup)
                ? (Text(new StoredNewSite(ApiMessages.Bench(context), request.Name, request.Backup, request.Quiet), StoredRestoreJson.Default.StoredNewSite), request.AdministratorPassword ?? "")
                : throw JobIntake.Missing("name, and backup with bench, site and id"))));
        routes.MapPost(RestoreRoutes.Clone, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.CloneSiteRequest, RestoreJobTypes.CloneSite, request =>
            request is { Name: not null, ToBench: not null }
                ? (Text(new StoredClone(ApiMessages.Bench(context), ApiMessages.Site(context), request.ToBench, request.Name, request.Quiet), StoredRestoreJson.Default.StoredClone),
                    request.AdministratorPassword ?? "")
                : throw JobIntake.Missing("name and toBench"))));
        routes.MapPost(RestoreRoutes.Reinstall, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.ReinstallSiteRequest, RestoreJobTypes.ReinstallSite, request =>
            request.AdministratorPassword is { Length: > 0 } password
                ? (Text(new StoredReinstall(ApiMessages.Bench(context), ApiMessages.Site(context), request.SafetyBackup), StoredRestoreJson.Default.StoredReinstall), password)
                : throw JobIntake.Missing("administratorPassword"))));
        routes.MapPost(RestoreRoutes.Drop, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.DropSiteRequest, RestoreJobTypes.DropSite, request =>
            (Text(new StoredDrop(ApiMessages.Bench(context), ApiMessages.Site(context), request.WithoutBackup), StoredRestoreJson.Default.StoredDrop), null))));
        routes.MapPost(RestoreRoutes.Untrash, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.UntrashSiteRequest, RestoreJobTypes.UntrashSite, request =>
            request.ArchivedName is not null
                ? (Text(new StoredUntrash(ApiMessages.Bench(context), ApiMessages.Site(context), request.Archive, request.ArchivedName), StoredRestoreJson.Default.StoredUntrash), null)
                : throw JobIntake.Missing("archive and archivedName"))));
        routes.MapPost(RestoreRoutes.Purge, (RequestDelegate)(context => TakeAsync(context, RestoreJson.Default.PurgeSiteRequest, RestoreJobTypes.PurgeTrashedSite, request =>
            request.Site == ApiMessages.Site(context) && request.Archive.ToString() == (string?)context.Request.RouteValues["archive"]
                ? (Text(request, StoredRestoreJson.Default.PurgeSiteRequest), null)
                : throw ApiException.Invalid("invalid-request", "Path and body name different archives."))));
    }

    private async Task TakeAsync<T>(HttpContext context, JsonTypeInfo<T> json, JobType type, Func<T, (string Request, string? Secret)> store)
        where T : class
    {
        var key = JobIntake.Key(context);
        var (request, secret) = store(ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), json));

        // It goes to bench as a line: a control character could end it and begin another answer.
        if (secret is { Length: > 0 } && (secret.Length is < 8 or > 128 || secret.Any(char.IsControl)))
            throw ApiException.Invalid("invalid-request", "The administrator's password has 8 to 128 printable characters.");

        await intake.SubmitAsync(context, key, type, request, secret is { Length: > 0 } ? secret : null);
    }

    private static bool IsWhole(BackupPlace? backup) => backup is { Bench: not null, Site: not null };

    private static string Text<T>(T request, JsonTypeInfo<T> json) => JsonSerializer.Serialize(request, json);
}

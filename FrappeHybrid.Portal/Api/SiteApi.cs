using System.ComponentModel;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Portal.Components.Pages;

namespace FrappeHybrid.Portal.Api;

/// <summary>Sites: what there is, making them, and their end.</summary>
internal static class SiteApi
{
    public static void MapSites(this RouteGroupBuilder api)
    {
        var sites = api.Resource("Sites");
        sites.MapGet("/sites", async (
                HttpContext context,
                Caller caller,
                [AsParameters] Paging paging,
                [Description("Only of this team.")] Guid? team,
                [Description("Only on this server.")] Guid? server,
                [Description("Only in this bench.")] Guid? bench,
                [Description("Only in this state: installing, active, working, recovered, fatal or broken.")] Choice<SiteState>? state,
                [Description("Only those with each of these words in name, bench or server.")] string? find,
                SiteQueries queries,
                CancellationToken cancel) => paging.Of(
                    context,
                    (await queries.ListAsync(caller.Actor, bench, cancel)).Where(site =>
                        (team is null || site.TeamId == team) && (server is null || site.ServerId == server) && (state is null || site.State == state.Value.Value)
                        && ListFilter.Matches(find, site.Name, site.BenchName, site.ServerName)),
                    site => (site.Name, site.Id),
                    SiteModel.Of))
            .Asks(Capability.View, "List sites", "Without those in the trash; by name.").Gives<ApiList<SiteModel>>();
        sites.MapGet("/sites/{id:guid}", async (Guid id, Caller caller, SiteQueries queries, CancellationToken cancel) => Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } site ? SiteModel.Of(site) : null))
            .Asks(Capability.View, "Get a site").Gives<SiteModel>();
        sites.MapPost("/sites", async (NewSiteBody body, Caller caller, CreateSite act, Answers answers, CancellationToken cancel) =>
                await answers.NewSiteAsync(caller, await act.RunAsync(caller.Actor, new CreateSiteRequest(body.BenchId, body.Name, body.AdministratorPassword, body.Apps ?? []), cancel), cancel))
            .Asks(Capability.ManageSites, "Create a site", "The job's siteId is the new site.").GivesRun();
        sites.MapPost("/sites/{id:guid}/retry", async (Guid id, RetrySiteBody body, Caller caller, RetrySite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.AdministratorPassword, cancel), cancel))
            .Asks(Capability.ManageSites, "Try a broken site again").GivesRun();
        sites.MapPost("/sites/{id:guid}/give-up", async (Guid id, Caller caller, GiveUpSite act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Give up a broken site").GivesNothing();
        sites.MapPost("/sites/{id:guid}/drop", async (Guid id, DropBody body, Caller caller, DropSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ConfirmedName, body.WithoutBackup, cancel), cancel))
            .Asks(Capability.ManageSites, "Drop a site", "After a last backup; it stays in the trash for seven days.").GivesRun();
    }

    public static void MapSiteSettings(this RouteGroupBuilder api)
    {
        var settings = api.Resource("Settings of sites");
        settings.MapPost("/sites/{id:guid}/rename", async (Guid id, RenameBody body, Caller caller, RenameSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Name, cancel), cancel))
            .Asks(Capability.ManageSites, "Rename a site", "For a moment it answers with 503.").GivesRun();
        settings.MapPut("/sites/{id:guid}/scheduler", async (Guid id, SwitchBody body, Caller caller, SetSiteScheduler act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Enabled, cancel), cancel))
            .Asks(Capability.ManageSites, "Switch the scheduler").GivesRun();
        settings.MapPut("/sites/{id:guid}/maintenance", async (Guid id, SwitchBody body, Caller caller, SetSiteMaintenance act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Enabled, cancel), cancel))
            .Asks(Capability.ManageSites, "Switch maintenance mode", "While it is on, every address of the site answers with 503.").GivesRun();
        settings.MapPost("/sites/{id:guid}/clear-cache", async (Guid id, Caller caller, ClearSiteCache act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageSites, "Clear the cache").GivesRun();
        settings.MapPost("/sites/{id:guid}/administrator-password", async (Guid id, AdministratorPasswordBody body, Caller caller, ResetAdministratorPassword act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Password, body.LogOutAllSessions, cancel), cancel))
            .Asks(Capability.ManageSites, "Set the Administrator's password").GivesRun();
        settings.MapGet("/sites/{id:guid}/apps", async (Guid id, Caller caller, SiteAppsReader apps, SiteQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } site ? new AppsModel(site.Apps, await apps.OfferedAsync(caller.Actor, id, cancel)) : null))
            .Asks(Capability.View, "List apps", "What is installed, and what the bench's release has.").Gives<AppsModel>();
        settings.MapPost("/sites/{id:guid}/apps", async (Guid id, AppBody body, Caller caller, InstallSiteApp act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.App, cancel), cancel))
            .Asks(Capability.ManageSites, "Install an app").GivesRun();
        settings.MapGet("/sites/{id:guid}/apps/{app}/uninstall-preview", async (Guid id, string app, Caller caller, SiteAppsReader apps, CancellationToken cancel) =>
                Answers.Value(await apps.PreviewAsync(caller.Actor, id, app, cancel)))
            .Asks(Capability.ManageSites, "Get what uninstalling an app would take away", "Nothing is changed by asking.").Gives<Core.Contracts.Sites.UninstallPreview>().AsksServer();
        settings.MapDelete("/sites/{id:guid}/apps/{app}", async (Guid id, string app, Caller caller, UninstallSiteApp act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, app, cancel), cancel))
            .Asks(Capability.ManageSites, "Uninstall an app", "Its data goes; a backup is taken before.").GivesRun();
    }

    public static void MapSiteUpdates(this RouteGroupBuilder api)
    {
        var updates = api.Resource("Updates of sites");
        updates.MapGet("/sites/{id:guid}/updates/offer", async (Guid id, Caller caller, UpdateQueries queries, CancellationToken cancel) => Answers.Found(await queries.ForSiteAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get what a site could be updated to").Gives<UpdateOffer>();
        updates.MapPost("/sites/{id:guid}/update", async (Guid id, UpdateBody body, Caller caller, UpdateSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.TargetBenchId, body.SkipFailingPatches, cancel), cancel))
            .Asks(Capability.ManageSites, "Update a site", "Moves it to a bench of a newer release; when that fails, it is taken back.").GivesRun();
        updates.MapPost("/sites/{id:guid}/migrate", async (Guid id, PatchesBody body, Caller caller, MigrateSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.SkipFailingPatches, cancel), cancel))
            .Asks(Capability.ManageSites, "Migrate a site").GivesRun();
        updates.MapPost("/sites/{id:guid}/update/retry", async (Guid id, PatchesBody body, Caller caller, RetryUpdate act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.SkipFailingPatches, cancel), cancel))
            .Asks(Capability.ManageSites, "Try an update again that was taken back").GivesRun();
        updates.MapPost("/sites/{id:guid}/update/stay", async (Guid id, Caller caller, StayOnVersion act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Stay at the version after an update was taken back").GivesNothing();
        updates.MapPost("/sites/{id:guid}/update/recover", async (Guid id, Caller caller, RecoverSite act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageSites, "Take a failed update back once more").GivesRun();
    }
}

internal sealed record AppsModel(IReadOnlyList<string> Installed, IReadOnlyList<string> Offered);

using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Portal.Api;

/// <summary>A site's configuration and its domains.</summary>
internal static class SiteConfigApi
{
    private const int MostChanges = 200;

    public static void MapSiteConfig(this RouteGroupBuilder api)
    {
        var config = api.Resource("Configuration of sites");
        config.MapGet("/sites/{id:guid}/config", async (Guid id, Caller caller, SiteConfigReader reader, CancellationToken cancel) => Answers.Value(await reader.ReadAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get the configuration", "As it is on the server now; values of secret keys stay there.").Gives<SiteConfigInfo>().AsksServer();
        config.MapPatch("/sites/{id:guid}/config", async (Guid id, ConfigBody body, Caller caller, ChangeSiteConfig act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ToOrder(), cancel), cancel))
            .Asks(Capability.ManageSites, "Change the configuration").GivesRun();
        config.MapGet("/sites/{id:guid}/config/changes", async (HttpContext context, Guid id, Caller caller, [AsParameters] Paging paging, SiteConfigReader reader, SiteQueries queries, CancellationToken cancel) =>
                await queries.FindAsync(caller.Actor, id, cancel) is null
                    ? ApiErrors.Of(Error.NotFound)
                    : paging.Of(context, await reader.HistoryAsync(caller.Actor, id, MostChanges, cancel), change => (Paging.NewestFirst(change.Change.At), change.Change.Id), ConfigChangeModel.Of))
            .Asks(Capability.View, "List changes", "The newest first, at most 200.").Gives<ApiList<ConfigChangeModel>>();
        config.MapPost("/sites/{id:guid}/config/changes/{change:guid}/undo", async (Guid id, Guid change, Caller caller, UndoSiteConfigChange act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, change, cancel), cancel))
            .Asks(Capability.ManageSites, "Undo a change").GivesRun();
    }

    public static void MapSiteDomains(this RouteGroupBuilder api)
    {
        var domains = api.Resource("Domains of sites");
        domains.MapGet("/sites/{id:guid}/domains", async (HttpContext context, Guid id, Caller caller, [AsParameters] Paging paging, SiteQueries queries, CancellationToken cancel) =>
                await queries.FindAsync(caller.Actor, id, cancel) is null
                    ? ApiErrors.Of(Error.NotFound)
                    : paging.Of(context, await queries.DomainsAsync(caller.Actor, id, cancel), domain => (domain.Name.Value, domain.Id), DomainModel.Of))
            .Asks(Capability.View, "List domains", "Beside the site's own name.").Gives<ApiList<DomainModel>>();
        domains.MapPost("/sites/{id:guid}/domains", async (Guid id, DomainBody body, Caller caller, AddSiteDomain act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Domain, cancel), cancel))
            .Asks(Capability.ManageSites, "Add a domain").GivesRun();
        domains.MapDelete("/sites/{id:guid}/domains/{domain}", async (Guid id, string domain, Caller caller, RemoveSiteDomain act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, domain, cancel), cancel))
            .Asks(Capability.ManageSites, "Remove a domain").GivesRun();
        domains.MapGet("/sites/{id:guid}/domains/{domain}/check", async (Guid id, string domain, Caller caller, DomainChecks checks, CancellationToken cancel) =>
                Answers.Value(await checks.CheckAsync(caller.Actor, id, domain, cancel)))
            .Asks(Capability.View, "Check a domain's DNS").Gives<DomainCheck>().Refuses();
        domains.MapPut("/sites/{id:guid}/primary-domain", async (Guid id, PrimaryDomainBody body, Caller caller, SetPrimaryDomain act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Domain, body.Redirect, cancel), cancel))
            .Asks(Capability.ManageSites, "Set the primary domain").GivesRun();
    }
}

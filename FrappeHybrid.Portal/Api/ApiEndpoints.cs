using Microsoft.AspNetCore.Mvc;

namespace FrappeHybrid.Portal.Api;

/// <summary>What every endpoint of the API says about itself: the right that it asks for, what it does in a sentence, what it answers.</summary>
internal static class ApiEndpoints
{
    public const string RateLimit = "api";
    private const int LargestBody = 1024 * 1024;

    public static void MapApi(this WebApplication portal)
    {
        var api = portal.MapGroup(ApiPaths.Root).RequireRateLimiting(RateLimit).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).DisableAntiforgery();
        api.MapMine();
        api.MapServers();
        api.MapServerSetup();
        api.MapServerUpkeep();
        api.MapPlays();
        api.MapBenches();
        api.MapBenchSettings();
        api.MapBenchLooks();
        api.MapBenchUpdates();
        api.MapSites();
        api.MapSiteSettings();
        api.MapSiteConfig();
        api.MapSiteDomains();
        api.MapSiteUpdates();
        api.MapSiteCopies();
        api.MapBackups();
        api.MapUploads();
        api.MapTrash();
        api.MapJobs();
        api.MapReleases();
    }

    /// <summary>Groups endpoints of one resource.</summary>
    public static RouteGroupBuilder Resource(this RouteGroupBuilder api, string name) => api.MapGroup("").WithTags(name);

    /// <summary>The right it asks for and what it does. The act asks again, for its own place.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder endpoint, Capability capability, string summary, string? description = null)
    {
        endpoint.RequireAuthorization(capability.ToString()).WithSummary(summary).WithDescription($"{(description is null ? "" : description + " ")}Right: {capability}.");
        return endpoint.ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
    }

    /// <summary>It answers that.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status);

    /// <summary>It changes something at once and has nothing to say.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status204NoContent).Refuses();

    /// <summary>It begins work, and answers with the job or play that does it.</summary>
    public static RouteHandlerBuilder GivesRun(this RouteHandlerBuilder endpoint) => endpoint.Produces<RunModel>(StatusCodes.Status202Accepted).Refuses();

    /// <summary>It can be refused for what it was asked, or for the state of the thing.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);

    /// <summary>It asks the server's Agent, which may not answer.</summary>
    public static RouteHandlerBuilder AsksServer(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(409).ProducesProblem(502).ProducesProblem(504);

    private static RouteHandlerBuilder ProducesProblem(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces<ApiProblem>(status, "application/problem+json");
}

using FrappeHybrid.Core.Releases;

namespace FrappeHybrid.Portal.Api;

/// <summary>Who the token is, and the teams that it sees.</summary>
internal static class MineApi
{
    public static void MapMine(this RouteGroupBuilder api)
    {
        var mine = api.Resource("Token and teams");
        mine.MapGet("/me", (Caller caller) => Results.Json(
                new MeModel(caller.Actor.UserId, caller.Actor.Name, caller.Actor.Limit?.TokenId, caller.Actor.Limit?.TokenName, [.. Rights(caller.Actor)]), ApiJson.Output))
            .Asks(Capability.View, "Who this token is", "In whose name it acts, and which rights are left to it now.").Gives<MeModel>();
        mine.MapGet("/teams", async (HttpContext context, Caller caller, [AsParameters] Paging paging, TeamQueries teams, CancellationToken cancel) =>
                paging.Of(context, await teams.MineAsync(caller.Actor, cancel), team => (team.Name, team.Id), team => team))
            .Asks(Capability.View, "List teams").Gives<ApiList<TeamView>>();
    }

    public static void MapReleases(this RouteGroupBuilder api) => api.Resource("Releases").MapGet("/releases", async (HttpContext context, Caller caller, [AsParameters] Paging paging, ReleaseQueries releases, CancellationToken cancel) =>
            paging.Of(context, await releases.OfferedAsync(cancel), release => (release.Name, release.Id), ReleaseModel.Of))
        .Asks(Capability.View, "List releases", "What is offered for new benches.").Gives<ApiList<ReleaseModel>>();

    private static IEnumerable<Capability> Rights(Actor actor) => CapabilityTable.Rules.Select(rule => rule.Capability).Where(actor.MayAnywhere);
}

internal sealed record MeModel(Guid UserId, string UserName, Guid? TokenId, string? TokenName, IReadOnlyList<Capability> Rights);

internal sealed record ReleaseModel(Guid Id, string Name, string Version, string Image, IReadOnlyList<string> Apps)
{
    public static ReleaseModel Of(Release release) => new(release.Id, release.Name, release.Version, release.Image.Value, release.Apps);
}

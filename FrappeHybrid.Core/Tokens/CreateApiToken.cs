using System.Globalization;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Tokens;

/// <summary>Makes a token for the actor itself. Everybody may who may look at something; it never has more rights than its owner.</summary>
public sealed class CreateApiToken(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>The token with its value, which is given this once.</summary>
    public async Task<Result<CreatedApiToken>> RunAsync(Actor actor, ApiTokenRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = request.TeamId == Guid.Empty ? Place.Portal : await PlaceNow.FindAsync(db, request.TeamId, request.ThingId, cancel);
        if (found is not { } place)
            return Error.NotFound;
        if (actor.Refuse(Capability.View, place) is { } refused)
            return refused;
        if (actor.Limit is not null)
            return ApiTokenRules.NotWithToken;
        if (ApiTokenRules.WhyNot(request) is { } invalid)
            return invalid;
        var offered = ApiTokenRules.Offered(actor, place);
        List<Capability> wanted = [.. CapabilityTable.Rules.Select(rule => rule.Capability).Where(capability => capability is Capability.View || request.Capabilities?.Contains(capability) is true)];
        if (wanted.Except(offered).Select(capability => (Capability?)capability).FirstOrDefault() is { } denied)
            return new Error("forbidden", $"You do not have the right {denied} there, so that no token of yours can have it.", "Leave it out, or ask an owner of the team for it.");
        var now = time.GetUtcNow();
        if (await db.ApiTokens.CountAsync(token => token.UserId == actor.UserId && token.RevokedAt == null && token.ExpiresAt > now, cancel) >= ApiTokenRules.MostOpen)
            return new Error("tokens-many", $"You have {ApiTokenRules.MostOpen} open tokens.", "Revoke those that nothing uses any more.");

        var value = ApiTokenValue.Make();
        var token = new ApiToken
        {
            Id = NewId.At(time),
            UserId = actor.UserId,
            UserName = actor.Name,
            TeamId = place.TeamId,
            ThingId = place.TeamId == Guid.Empty ? Guid.Empty : request.ThingId,
            ThingName = await NameAsync(db, place, cancel),
            Name = request.Name.Trim(),
            Hash = ApiTokenValue.HashOf(value),
            Prefix = ApiTokenValue.PrefixOf(value),
            Rights = string.Join(',', wanted),
            CreatedAt = now,
            ExpiresAt = now.AddDays(request.Days),
        };
        db.ApiTokens.Add(token);
        db.Activity.Add(ActivityEntry.Of(
            time, actor, place, "create-api-token", string.Create(CultureInfo.InvariantCulture, $"Made the API token {token.Name} ({token.Prefix}) for {token.ThingName}, for {request.Days} days"), token.Id, after: token.Rights));
        await db.SaveChangesAsync(cancel);
        return new CreatedApiToken(token.Id, value);
    }

    private static async Task<string> NameAsync(PortalDb db, Place place, CancellationToken cancel) => place.Kind switch
    {
        PlaceKind.Portal => "the whole portal",
        PlaceKind.Team => await db.Teams.Where(team => team.Id == place.TeamId).Select(team => team.Name).SingleAsync(cancel),
        PlaceKind.Server => await db.Servers.Where(server => server.Id == place.ServerId).Select(server => server.Name).SingleAsync(cancel),
        PlaceKind.Bench => (await db.Benches.Where(bench => bench.Id == place.BenchId).Select(bench => bench.Name).SingleAsync(cancel)).Value,
        PlaceKind.Site => (await db.Sites.Where(site => site.Id == place.SiteId).Select(site => site.Name).SingleAsync(cancel)).Value,
        _ => throw new InvalidOperationException("Not a place."),
    };
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Tokens;

/// <summary>Takes a token back, for ever: its owner, or who manages the members of the team in which it works.</summary>
public sealed class RevokeApiToken(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done; the token does not work from then on.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid tokenId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.ApiTokens.SingleOrDefaultAsync(each => each.Id == tokenId, cancel) is not { } token)
            return Error.NotFound;
        if (token.UserId != actor.UserId && actor.Refuse(Capability.ManageMembers, token) is { } refused)
            return refused;
        if (actor.Limit is not null)
            return ApiTokenRules.NotWithToken;
        if (token.RevokedAt is not null)
            return Result.Done;
        token.Revoke(actor.Name, time.GetUtcNow());
        db.Activity.Add(ActivityEntry.Of(time, actor, token.Place, "revoke-api-token", $"Revoked the API token {token.Name} ({token.Prefix}) of {token.UserName}", token.Id));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}

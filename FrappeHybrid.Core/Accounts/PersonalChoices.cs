using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Small choices of how one person wants the portal to look, e.g. which columns a list has: they follow the person to every browser, and nobody else reads them.</summary>
public sealed class PersonalChoices(IDbContextFactory<PortalDb> databases)
{
    /// <summary>In Identity's table of names and values of a user; nothing else uses this provider's name.</summary>
    internal const string Drawer = "desktop";

    /// <summary>What the person chose; null when nothing.</summary>
    /// <param name="name">"columns.sites".</param>
    public async Task<string?> FindAsync(Actor actor, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.UserTokens.AsNoTracking().Where(choice => choice.UserId == actor.UserId && choice.LoginProvider == Drawer && choice.Name == name).Select(choice => choice.Value).SingleOrDefaultAsync(cancel);
    }
}

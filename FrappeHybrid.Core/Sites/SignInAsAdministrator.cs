using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>
/// Lets the actor into a site as its Administrator. Who, when and why is written down before the Agent is asked; the session that the Agent makes is
/// handed on and kept nowhere.
/// </summary>
public sealed class SignInAsAdministrator(IDbContextFactory<PortalDb> databases, AgentClient agents, SiteQueries sites, TimeProvider time)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 300;

    private const int ShortestReason = 4;

    /// <summary>bench takes about a second to start.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The session, or why not.</summary>
    /// <param name="reason">What for, in the actor's words; the customer reads it in the activity.</param>
    public async Task<Result<AdministratorSignIn>> RunAsync(Actor actor, Guid siteId, string reason, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        var why = reason?.Trim() ?? "";
        if (why.Length is < ShortestReason or > LongestReason)
            return new Error("reason-needed", $"Say in a few words why you sign in ({ShortestReason} to {LongestReason} characters).", "The reason is kept with your name; the site's owner can read it.");
        if (!site.IsServing)
            return SiteOrders.NotServing(site);

        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "sign-in-as-administrator", $"Signed in to {site.Name} as Administrator", reason: new string([.. why.Select(letter => char.IsControl(letter) ? ' ' : letter)])));
        await db.SaveChangesAsync(cancel);

        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        var view = await sites.FindAsync(actor, siteId, cancel);
        try
        {
            var answer = await agents.PostAsync(server, SiteWorkRoutes.ForSignIn(bench.Name, site.Name), SiteWorkJson.Default.SignInAnswer, Limit, cancel);
            return new AdministratorSignIn(new Uri(view!.Url, "/login"), answer.Sid);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Creates a site in a bench: writes the site and its job; the Agent does the work.</summary>
public sealed class CreateSite(IDbContextFactory<PortalDb> databases, SiteNames names, JobFactory jobs, DispatchSignal dispatch, TimeProvider time)
{
    /// <summary>The site's id; its page shows the job.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, CreateSiteRequest request, CancellationToken cancel)
    {
        using var hold = await names.HoldAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == request.BenchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, bench) is { } refused)
            return refused;
        if (!SiteName.TryParse(request.Name, out var name))
            return new Error("site-name-invalid", SiteName.Rule);
        if (!AdministratorPassword.IsValid(request.AdministratorPassword))
            return new Error("site-password-invalid", AdministratorPassword.Rule);
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} cannot take a site now: it is {bench.State.ToString().ToLowerInvariant()}.", "Wait until it is active.");
        var release = await db.Releases.AsNoTracking().SingleAsync(each => each.Id == bench.ReleaseId, cancel);
        if (ReadApps(request.Apps, release.Apps, out var apps) is { } appError)
            return appError;
        if (await SiteNames.RefuseAsync(db, DomainName.Of(name), besides: null, cancel) is not null)
            return NameTaken(name);

        var site = new Site
        {
            Id = NewId.At(time),
            TeamId = bench.TeamId,
            ServerId = bench.ServerId,
            BenchId = bench.Id,
            Name = name,
            CreatedAt = time.GetUtcNow(),
            Apps = ["frappe", .. apps.Select(app => app.Value)],
        };
        db.Sites.Add(site);
        db.Jobs.Add(jobs.NewSite(site, bench.Name, new NewSiteRequest(name, request.AdministratorPassword, apps)));
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "create-site", $"Created site {name} in bench {bench.Name}"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return NameTaken(name);
        }

        dispatch.Raise();
        return site.Id;
    }

    private static Error? ReadApps(IReadOnlyList<string>? wanted, List<string> offered, out List<AppName> apps)
    {
        apps = [];
        foreach (var text in wanted ?? [])
        {
            if (!AppName.TryParse(text, out var app))
                return new Error("app-name-invalid", AppName.Rule);
            if (!offered.Contains(app.Value))
                return new Error("app-not-in-release", $"The bench's release has no app {app}.", $"Choose from: {string.Join(", ", offered)}.");
            if (app.Value != "frappe" && !apps.Contains(app))
                apps.Add(app);
        }

        return null;
    }

    private static Error NameTaken(SiteName name) => new("site-name-taken", $"There is already a site named {name}.", "Choose another name.");
}

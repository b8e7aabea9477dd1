using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>What a new site from a backup and a clone have in common: the name is checked, the site's row is written with its job.</summary>
internal static class NewSiteRows
{
    /// <summary>The checked name, or why it cannot be the new site's.</summary>
    public static async Task<Result<SiteName>> ReadNameAsync(PortalDb db, string text, string? administratorPassword, CancellationToken cancel)
    {
        if (!SiteName.TryParse(text, out var name))
            return new Error("site-name-invalid", SiteName.Rule);
        if (administratorPassword is not null && !AdministratorPassword.IsValid(administratorPassword))
            return new Error("site-password-invalid", AdministratorPassword.Rule);
        return await SiteNames.RefuseAsync(db, DomainName.Of(name), besides: null, cancel) is not null ? Taken(name) : name;
    }

    /// <summary>A bench of the server and team that may take a site, of the same or a newer version than the data; or why not.</summary>
    public static async Task<Result<Bench>> FindBenchAsync(PortalDb db, Actor actor, Guid benchId, Guid serverId, Guid teamId, string? dataVersion, CancellationToken cancel)
    {
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId && each.TeamId == teamId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, bench) is { } refused)
            return refused;
        if (bench.ServerId != serverId)
            return new Error("other-server", $"The bench {bench.Name} is on another server.", "Choose a bench of the same server; a backup can be downloaded and uploaded to a site of the other one.");
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} cannot take a site now: it is {bench.State.ToString().ToLowerInvariant()}.", "Wait until it is active.");
        var version = await db.Releases.Where(release => release.Id == bench.ReleaseId).Select(release => release.Version).SingleAsync(cancel);
        return dataVersion is not null && IsNewer(dataVersion, version)
            ? new Error("bench-too-old", $"The data is of version {dataVersion}, and bench {bench.Name} runs {version}: an older version cannot work with newer data.", "Choose a bench of the same or a newer release.")
            : bench;
    }

    /// <summary>Writes site, job and activity in one save.</summary>
    public static async Task<Result<Guid>> PlaceAsync(PortalDb db, JobOrders orders, Site site, Job job, ActivityEntry activity, CancellationToken cancel)
    {
        db.Sites.Add(site);
        try
        {
            var placed = await orders.PlaceAsync(db, job, activity, cancel);
            return placed.IsDone ? site.Id : placed.Error;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Taken(site.Name);
        }
    }

    /// <summary>The row of a site to be.</summary>
    public static Site NewSite(Bench bench, SiteName name, IEnumerable<string> apps, TimeProvider time) => new()
    {
        Id = NewId.At(time),
        TeamId = bench.TeamId,
        ServerId = bench.ServerId,
        BenchId = bench.Id,
        Name = name,
        CreatedAt = time.GetUtcNow(),
        Apps = [.. apps],
    };

    private static bool IsNewer(string one, string other) => Version.TryParse(one, out var left) && Version.TryParse(other, out var right) && left > right;

    private static Error Taken(SiteName name) => new("site-name-taken", $"There is already a site named {name}.", "Choose another name.");
}

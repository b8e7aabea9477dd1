using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>"Rename Site": the new name is taken with the order, as a domain of the site, and becomes its name only when the job has succeeded.</summary>
internal sealed class RenameSiteEffect(TimeProvider time) : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [SiteJobTypes.Rename];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var name = NewName(job);
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { } site)
            return Error.NotFound;
        if (site.State is not SiteState.Active)
            return SiteOrders.NotServing(site);
        if (await SiteNames.RefuseAsync(db, name, site.Id, cancel) is { } taken)
            return taken;
        var rows = await db.SiteDomains.Where(domain => domain.SiteId == site.Id).ToListAsync(cancel);
        if (rows.Any(row => row.State is not SiteDomainState.Active))
            return new Error("domains-busy", "A change of this site's domains is on its way.", "Wait until that has ended.");
        if (rows.All(row => row.Name != name))
            db.SiteDomains.Add(new SiteDomain { Id = NewId.At(time), TeamId = site.TeamId, SiteId = site.Id, Name = name, AddedAt = time.GetUtcNow() });
        site.Become(SiteState.Working, $"Being renamed to {name}.");
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { State: SiteState.Working } site)
            return;
        var name = NewName(job);
        var isDone = job.State is RunState.Success;
        var row = await db.SiteDomains.SingleOrDefaultAsync(domain => domain.SiteId == site.Id && domain.Name == name, cancel);
        if (row is not null && (isDone || row.State is SiteDomainState.Adding))
            db.SiteDomains.Remove(row);
        if (!isDone)
        {
            site.PutBack(job, job.Title);
            return;
        }

        site.Name = SiteName.Parse(name.Value);
        if (site.PrimaryDomain == name)
            site.PrimaryDomain = null;
        site.Become(SiteState.Active, null);
    }

    private static DomainName NewName(Job job) => DomainName.Of(JsonSerializer.Deserialize(job.Request!, SiteWorkJson.Default.RenameSiteRequest)!.NewName);
}

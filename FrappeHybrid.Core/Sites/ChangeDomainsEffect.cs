using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>"Change Domains": its request holds all domains as they are to be. Names are taken with the order, and given back when it fails.</summary>
internal sealed class ChangeDomainsEffect(TimeProvider time) : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [SiteJobTypes.ChangeDomains];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var request = Request(job);
        var rows = await db.SiteDomains.Where(domain => domain.SiteId == job.SiteId).ToListAsync(cancel);
        if (rows.Any(row => row.State is not SiteDomainState.Active))
            return new Error("domains-busy", "Another change of this site's domains is on its way.", "Wait until that has ended.");
        foreach (var name in request.Domains.Where(name => rows.All(row => row.Name != name)))
        {
            if (await SiteNames.RefuseAsync(db, name, job.SiteId, cancel) is { } taken)
                return taken;
            db.SiteDomains.Add(new SiteDomain { Id = NewId.At(time), TeamId = job.TeamId, SiteId = job.SiteId!.Value, Name = name, AddedAt = time.GetUtcNow() });
        }

        foreach (var row in rows.Where(row => !request.Domains.Contains(row.Name)))
            row.State = SiteDomainState.Removing;
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var isDone = job.State is RunState.Success;
        foreach (var row in await db.SiteDomains.Where(domain => domain.SiteId == job.SiteId && domain.State != SiteDomainState.Active).ToListAsync(cancel))
        {
            if (row.State is SiteDomainState.Adding == isDone)
                row.State = SiteDomainState.Active;
            else
                db.SiteDomains.Remove(row);
        }

        if (isDone && await db.Sites.FindAsync([job.SiteId], cancel) is { } site)
        {
            var request = Request(job);
            site.PrimaryDomain = request.Primary;
            site.RedirectDomains = request.Redirect;
        }
    }

    private static ChangeDomainsRequest Request(Job job) => JsonSerializer.Deserialize(job.Request!, SiteWorkJson.Default.ChangeDomainsRequest)!;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Change Domains": the site's list, its own address for the links that it writes, its entry in nginx. All as it was when any of it fails.</summary>
internal sealed class ChangeDomainsJob(BenchCatalog catalog, SiteEntries entries, SiteProbe probe)
    : SiteWork<StoredDomains>(catalog, SiteJson.Default.StoredDomains, SiteJobTypes.ChangeDomains)
{
    private const string Claim = "domains-before";
    private const string HostName = "host_name";
    private const int ServiceUnavailable = 503;
    private const int Ok = 200;

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(request);
            foreach (var domain in request.Domains.Domains)
            {
                if (Catalog.OtherOwnerOf(domain, site.Folder, site.Name) is { } owner)
                    throw new JobFailedException(JobErrorCodes.DomainTaken, $"{domain} belongs to {owner}.", "Remove it there first.");
            }

            return Task.FromResult(StepOutcome.Done(request.Domains.Domains.Count == 0 ? "free" : $"{string.Join(", ", request.Domains.Domains)}: free"));
        });
        job.Claim(new JobClaim(Claim, JsonSerializer.Serialize(Before(site!), SiteJson.Default.DomainsBefore)));
        var primary = request.Domains.PrimaryOf(site!.Name);
        await job.StepAsync(SiteWorkSteps.SetDomains, _ =>
        {
            request.Domains.Write(site.Path);
            SiteConfigFile.Change(site.ConfigFile, config => config[HostName] = $"{Scheme(config)}://{primary}");
            return Task.FromResult(StepOutcome.Done($"links name {primary}"));
        });
        await job.StepAsync(SiteWorkSteps.AddToNginx, async _ =>
        {
            await entries.PutAsync(site.Folder, site.Bench, site.Name, cancel);
            return StepOutcome.Done(string.Join(", ", request.Domains.AllOf(site.Name)));
        });
        await job.StepAsync(SiteWorkSteps.Verify, async log =>
        {
            var expected = SiteMaintenance.IsOn(site.ConfigFile) ? ServiceUnavailable : Ok;
            foreach (var domain in request.Domains.Redirect ? [primary] : request.Domains.AllOf(site.Name))
                await probe.WaitAsync(domain, expected, log, cancel);

            return StepOutcome.Done($"{primary} answers");
        });
        return NoResult;
    }

    public override async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == Claim) is not { } claim)
            return;

        var site = Require(Read(job.Request));
        using var log = job.OpenCompensationLog();
        log.Line("Putting the domains back as they were");
        var before = JsonSerializer.Deserialize(claim.Value, SiteJson.Default.DomainsBefore)!;
        before.Domains.Write(site.Path);
        SiteConfigFile.Change(site.ConfigFile, config =>
        {
            if (before.HostName is null)
                config.Remove(HostName);
            else
                config[HostName] = before.HostName;
        });
        await entries.PutAsync(site.Folder, site.Bench, site.Name, cancel);
    }

    private static DomainsBefore Before(SiteOnServer site) =>
        new(SiteDomains.Read(site.Path), SiteConfigFile.Read(site.ConfigFile)[HostName] is JsonValue value && value.TryGetValue<string>(out var host) ? host : null);

    /// <summary>An address that somebody has made https stays so.</summary>
    private static string Scheme(JsonObject config) =>
        config[HostName] is JsonValue value && value.TryGetValue<string>(out var host) && host.StartsWith("https://", StringComparison.Ordinal) ? "https" : "http";
}

/// <summary>What a change of domains puts back.</summary>
internal sealed record DomainsBefore(SiteDomains Domains, string? HostName);

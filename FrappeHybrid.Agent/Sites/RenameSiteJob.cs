using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Rename Site": the folder, the backups, the domains and the entry in nginx take the new name; the database keeps its own. Renamed back when any of it fails.</summary>
internal sealed class RenameSiteJob(BenchCatalog catalog, BenchQueue queue, SiteEntries entries, SiteProbe probe, TimeProvider time)
    : SiteWork<StoredRename>(catalog, SiteJson.Default.StoredRename, SiteJobTypes.Rename)
{
    private const string Claim = "rename";
    private const string HostName = "host_name";
    private const int ServiceUnavailable = 503;
    private const int Ok = 200;
    private static readonly TimeSpan JobsLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public override IReadOnlyList<JobLock> Locks(string request)
    {
        var rename = Read(request);
        return [JobLock.ForBench(rename.Bench, alone: false), JobLock.ForSite(rename.Site), JobLock.ForSite(rename.NewName)];
    }

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(request);
            return Catalog.OtherOwnerOf(DomainName.Of(request.NewName), site.Folder, site.Name) is { } owner
                ? throw new JobFailedException(JobErrorCodes.SiteExists, $"{request.NewName} belongs to {owner}.", "Choose another name.")
                : Task.FromResult(StepOutcome.Done($"{request.NewName} is free"));
        });
        var before = new RenameBefore(SiteMaintenance.IsOn(site!.ConfigFile), SiteDomains.Read(site.Path), Host(site.ConfigFile));
        job.Claim(new JobClaim(Claim, JsonSerializer.Serialize(before, SiteJson.Default.RenameBefore)));
        await job.StepAsync(SiteWorkSteps.Pause, log =>
        {
            SiteMaintenance.Set(site.ConfigFile, on: true);
            return probe.WaitAsync(DomainName.Of(site.Name), ServiceUnavailable, log, cancel);
        });
        await job.StepAsync(SiteWorkSteps.WaitForJobs, log => WaitForJobsAsync(site, log, cancel));
        await job.StepAsync(SiteWorkSteps.Move, _ =>
        {
            Move(site.Folder, request.Site, request.NewName);
            Adapt(site.Folder, request.Site, request.NewName, before);
            return Task.FromResult(StepOutcome.Done($"{request.Site} -> {request.NewName}; database {site.Database} stays"));
        });
        var renamed = SiteOnServer.Require(Catalog, request.Bench, request.NewName);
        await job.StepAsync(SiteWorkSteps.AddToNginx, async _ =>
        {
            await entries.PutAsync(renamed.Folder, renamed.Bench, renamed.Name, cancel);
            await entries.RemoveAsync(renamed.Folder, request.Site, cancel);
            return StepOutcome.Done($"{renamed.Name} -> 127.0.0.1:{renamed.Bench.FrontendPort}");
        });
        await job.StepAsync(SiteWorkSteps.Resume, _ =>
        {
            SiteMaintenance.Set(renamed.ConfigFile, before.InMaintenance);
            return Task.FromResult(before.InMaintenance ? StepOutcome.Nothing("maintenance stays on, as it was") : StepOutcome.Done("maintenance off"));
        });
        await job.StepAsync(SiteWorkSteps.Verify, log => probe.WaitAsync(DomainName.Of(renamed.Name), before.InMaintenance ? ServiceUnavailable : Ok, log, cancel));
        return NoResult;
    }

    public override async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == Claim) is not { } claim)
            return;

        var request = Read(job.Request);
        var before = JsonSerializer.Deserialize(claim.Value, SiteJson.Default.RenameBefore)!;
        var folder = Catalog.Folder(request.Bench);
        using var log = job.OpenCompensationLog();
        log.Line($"Giving the site its old name again: {request.Site}");
        Move(folder, request.NewName, request.Site);
        var site = Require(request);
        before.Domains.Write(site.Path);
        SiteConfigFile.Change(site.ConfigFile, config => Put(config, before.HostName));
        await entries.RemoveAsync(folder, request.NewName, cancel);
        await entries.PutAsync(folder, site.Bench, site.Name, cancel);
        SiteMaintenance.Set(site.ConfigFile, before.InMaintenance);
    }

    /// <summary>A job in the queue names its site; under the new name nobody would find it.</summary>
    private async Task<StepOutcome> WaitForJobsAsync(SiteOnServer site, StepLog log, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        int? said = null;
        while (await queue.CountAsync(site.Folder.Bench, site.Name, cancel) is { } waiting and > 0)
        {
            if (waiting != said)
                log.Line(string.Create(CultureInfo.InvariantCulture, $"{said = waiting} background job(s) wait"));

            if (time.GetElapsedTime(started) > JobsLimit)
            {
                throw new JobFailedException(
                    JobErrorCodes.JobsPending, $"Background jobs of {site.Name} did not end within two minutes.", "Look whether the bench's workers run, or wait until they are through, and try again.");
            }

            await Task.Delay(Look, time, cancel);
        }

        return StepOutcome.Done("none waits");
    }

    /// <summary>The folder and the backups; what is at its new place already stays there.</summary>
    private static void Move(BenchFolder folder, SiteName from, SiteName to)
    {
        foreach (var parent in (string[])[folder.Sites, Path.Combine(folder.Path, "backups")])
        {
            var (source, target) = (Path.Combine(parent, from.Value), Path.Combine(parent, to.Value));
            if (!Directory.Exists(source) || Directory.Exists(target))
                continue;

            Directory.Move(source, target);
            DurableFile.FlushFolder(parent);
        }
    }

    /// <summary>A new name that was a domain until now is none any more, and the address in the site's links follows when it was the old name.</summary>
    private static void Adapt(BenchFolder folder, SiteName from, SiteName to, RenameBefore before)
    {
        var path = folder.SiteFolder(to);
        if (before.Domains.Domains.Count > 0)
        {
            var domains = before.Domains with
            {
                Domains = [.. before.Domains.Domains.Where(domain => domain.Value != to.Value)],
                Primary = before.Domains.Primary?.Value == to.Value ? null : before.Domains.Primary,
            };
            domains.Write(path);
        }

        if (before.HostName?.EndsWith($"://{from}", StringComparison.Ordinal) == true)
            SiteConfigFile.Change(Path.Combine(path, "site_config.json"), config => Put(config, before.HostName.Replace($"://{from}", $"://{to}", StringComparison.Ordinal)));
    }

    private static string? Host(string configFile) => SiteConfigFile.Read(configFile)[HostName] is JsonValue value && value.TryGetValue<string>(out var host) ? host : null;

    private static void Put(JsonObject config, string? host)
    {
        if (host is null)
            config.Remove(HostName);
        else
            config[HostName] = host;
    }
}

/// <summary>What a rename puts back.</summary>
internal sealed record RenameBefore(bool InMaintenance, SiteDomains Domains, string? HostName);

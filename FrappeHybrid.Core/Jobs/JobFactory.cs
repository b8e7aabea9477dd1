using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Makes job rows: the declared steps, and the request encrypted, because it may hold a password.</summary>
public sealed class JobFactory(SecretVault vault, TimeProvider time)
{
    /// <summary>Purpose under which requests are encrypted.</summary>
    internal const string RequestPurpose = "job-request";

    /// <summary>"New Bench" for the bench.</summary>
    public Job NewBench(Bench bench, NewBenchRequest request) =>
        Make(JobTypes.NewBench, bench.TeamId, bench.ServerId, bench.Id, null, bench.Name.Value, AgentRoutes.Benches, request, AgentJson.Default.NewBenchRequest);

    /// <summary>"New Site" for the site.</summary>
    public Job NewSite(Site site, BenchName bench, NewSiteRequest request) =>
        Make(JobTypes.NewSite, site.TeamId, site.ServerId, site.BenchId, site.Id, site.Name.Value, AgentRoutes.ForSites(bench), request, AgentJson.Default.NewSiteRequest);

    private Job Make<T>(JobType type, Guid teamId, Guid serverId, Guid benchId, Guid? siteId, string subject, string path, T request, JsonTypeInfo<T> json)
    {
        var id = NewId.At(time);
        return new Job
        {
            Id = id,
            TeamId = teamId,
            ServerId = serverId,
            BenchId = benchId,
            SiteId = siteId,
            Type = type.Key,
            Subject = subject,
            Path = path,
            SecretProtected = vault.Protect(RequestPurpose, JsonSerializer.Serialize(request, json)),
            CreatedAt = time.GetUtcNow(),
            Steps = [.. type.Steps.Select((step, index) => new JobStep { RunId = id, Number = index + 1, Key = step.Key, Title = step.Title })],
        };
    }
}

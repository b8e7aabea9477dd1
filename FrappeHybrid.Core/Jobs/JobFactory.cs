using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Makes job rows: the declared steps, and the request encrypted, because it may hold a password.</summary>
public sealed class JobFactory(SecretVault vault, TimeProvider time)
{
    /// <summary>Purpose under which requests are encrypted.</summary>
    internal const string RequestPurpose = "job-request";

    /// <summary>"New Bench" for the bench.</summary>
    public Job NewBench(Bench bench, NewBenchRequest request) =>
        ForBench(JobTypes.NewBench, bench, AgentRoutes.Benches, request, AgentJson.Default.NewBenchRequest);

    /// <summary>"New Site" for the site.</summary>
    public Job NewSite(Site site, BenchName bench, NewSiteRequest request) =>
        ForSite(JobTypes.NewSite, site, AgentRoutes.ForSites(bench), request, AgentJson.Default.NewSiteRequest);

    /// <summary>A job about a site.</summary>
    public Job ForSite<T>(JobType type, Site site, string path, T request, JsonTypeInfo<T> json) =>
        Make(type, site.TeamId, site.ServerId, site.BenchId, site.Id, site.Name.Value, path, request, json);

    /// <summary>A job about a bench.</summary>
    public Job ForBench<T>(JobType type, Bench bench, string path, T request, JsonTypeInfo<T> json) =>
        Make(type, bench.TeamId, bench.ServerId, bench.Id, null, bench.Name.Value, path, request, json);

    /// <summary>A job about the server itself.</summary>
    public Job ForServer<T>(JobType type, Server server, string path, T request, JsonTypeInfo<T> json) =>
        Make(type, server.TeamId, server.Id, null, null, server.Name, path, request, json);

    /// <summary>The same request once more, as a job of its own; null when the request was not kept.</summary>
    public Job? Again(Job job) => JobTypes.Find(job.Type) is { } type && job.Request is { } request
        ? MakeRow(type, job.TeamId, job.ServerId, job.BenchId, job.SiteId, job.Subject, job.Path, request, job.Id)
        : null;

    private Job Make<T>(JobType type, Guid teamId, Guid serverId, Guid? benchId, Guid? siteId, string subject, string path, T request, JsonTypeInfo<T> json) =>
        MakeRow(type, teamId, serverId, benchId, siteId, subject, path, JsonSerializer.Serialize(request, json), null);

    private Job MakeRow(JobType type, Guid teamId, Guid serverId, Guid? benchId, Guid? siteId, string subject, string path, string request, Guid? retryOf)
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
            SecretProtected = vault.Protect(RequestPurpose, request),
            Request = type.HoldsSecret ? null : request,
            RetryOf = retryOf,
            CreatedAt = time.GetUtcNow(),
            Steps = [.. type.Steps.Select((step, index) => new JobStep { RunId = id, Number = index + 1, Key = step.Key, Title = step.Title })],
        };
    }
}

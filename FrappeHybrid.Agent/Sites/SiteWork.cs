using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>What jobs on a site that is there have in common: they need it alone and share its bench, and leave nothing when they were only to look.</summary>
internal abstract class SiteWork<TRequest>(BenchCatalog catalog, JsonTypeInfo<TRequest> json, JobType type) : IJobWork
    where TRequest : SiteTarget
{
    protected static readonly JsonElement NoResult = JsonDocument.Parse("{}").RootElement;

    public JobType Type => type;

    protected BenchCatalog Catalog => catalog;

    public virtual IReadOnlyList<JobLock> Locks(string request)
    {
        var target = Read(request);
        return [JobLock.ForBench(target.Bench, alone: false), JobLock.ForSite(target.Site)];
    }

    public abstract Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel);

    public virtual Task CompensateAsync(JobContext job, CancellationToken cancel) => Task.CompletedTask;

    public virtual Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) => throw new InvalidOperationException($"{type.Key} has no point of no return.");

    protected TRequest Read(string request) => JsonSerializer.Deserialize(request, json)!;

    /// <summary>The site, or the failure that tells what is not there.</summary>
    protected SiteOnServer Require(TRequest request) => SiteOnServer.Require(catalog, request.Bench, request.Site);
}

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/clear-cache`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
public sealed record ClearCacheRequest;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/scheduler`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="Enabled">The site's scheduled jobs run.</param>
public sealed record SetSchedulerRequest(bool Enabled);

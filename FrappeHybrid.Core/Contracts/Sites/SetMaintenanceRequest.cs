namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/maintenance`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="On">Every address of the site answers 503 and its scheduler pauses; off puts the scheduler back to what it was before.</param>
public sealed record SetMaintenanceRequest(bool On);

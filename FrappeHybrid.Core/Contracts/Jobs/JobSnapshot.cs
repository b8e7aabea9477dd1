using System.Text.Json;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>A job as the Agent sees it now. Never holds a secret.</summary>
/// <param name="Id">The idempotency key that the portal chose; one job for one key, for ever.</param>
/// <param name="Type">A key of <see cref="JobTypes"/>.</param>
/// <param name="State">Where it is.</param>
/// <param name="StoredAt">When it was accepted.</param>
/// <param name="StartedAt">When its first step began.</param>
/// <param name="FinishedAt">When it ended, compensation included.</param>
/// <param name="Steps">All declared steps, in order.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
/// <param name="Result">What it made, a JSON object of the type's own result record; null until success.</param>
/// <param name="QueuePosition">How many jobs stand before it at the same lock; 0 when it runs or has ended.</param>
public sealed record JobSnapshot(
    Guid Id,
    string Type,
    JobState State,
    DateTimeOffset StoredAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<StepSnapshot> Steps,
    JobError? Error,
    JsonElement? Result,
    int QueuePosition);

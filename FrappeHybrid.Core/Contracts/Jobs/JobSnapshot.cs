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

/// <summary>One step of a job as the Agent sees it now.</summary>
/// <param name="Key">A key of the type's steps.</param>
/// <param name="State">Where it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Progress">0 to 100, only where the real tool reports it; null otherwise.</param>
/// <param name="Summary">One line on what it did, e.g. "9 layers, 312 MB".</param>
public sealed record StepSnapshot(string Key, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int? Progress, string? Summary);

/// <summary>Why a job failed, for a person.</summary>
/// <param name="Code">Stable, for us: see <see cref="JobErrorCodes"/>.</param>
/// <param name="Message">What is wrong, in plain words.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Raw">The end of the raw output behind it, at most 16 KB, with secrets taken out; null when there is none.</param>
public sealed record JobError(string Code, string Message, string? Advice, string? Raw);

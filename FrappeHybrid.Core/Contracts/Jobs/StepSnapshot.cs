namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>One step of a job as the Agent sees it now.</summary>
/// <param name="Key">A key of the type's steps.</param>
/// <param name="State">Where it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Progress">0 to 100, only where the real tool reports it; null otherwise.</param>
/// <param name="Summary">One line on what it did, e.g. "9 layers, 312 MB".</param>
public sealed record StepSnapshot(string Key, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int? Progress, string? Summary);

using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Core.Runs;

/// <summary>One step of a <see cref="RunView"/>.</summary>
public sealed record RunStepView(int Number, string Key, string Title, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int? Progress, string? Summary, bool? Changed);

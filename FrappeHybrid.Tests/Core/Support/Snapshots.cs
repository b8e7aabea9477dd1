using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Jobs as an Agent tells them.</summary>
internal static class Snapshots
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    public static JobSnapshot Of(Guid id, JobType type, JobState state, JobError? error = null) => new(
        id,
        type.Key,
        state,
        At,
        state is JobState.Pending ? null : At,
        state is JobState.Pending or JobState.Running ? null : At.AddMinutes(1),
        [.. type.Steps.Select(step => new StepSnapshot(step.Key, StepOf(state), null, null, null, null))],
        error,
        state is JobState.Success ? Result(type) : null,
        0);

    private static StepState StepOf(JobState state) => state switch
    {
        JobState.Pending => StepState.Pending,
        JobState.Running => StepState.Running,
        JobState.Success => StepState.Success,
        JobState.Failure => StepState.Failure,
        JobState.Cancelled => StepState.Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static JsonElement Result(JobType type) => type.Key == JobTypes.NewBench.Key
        ? JsonSerializer.SerializeToElement(new NewBenchResult(18003, null, [AppName.Parse("frappe")]), AgentJson.Default.NewBenchResult)
        : JsonSerializer.SerializeToElement(new NewSiteResult("_abc", [AppName.Parse("frappe"), AppName.Parse("erpnext")]), AgentJson.Default.NewSiteResult);
}

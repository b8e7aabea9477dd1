using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Jobs and plays together, as the dock and the overview list them.</summary>
public sealed class RunningRuns(JobQueries jobs, PlayQueries plays)
{
    /// <summary>The newest jobs and each server's newest play, newest first.</summary>
    public async Task<IReadOnlyList<RunView>> RecentAsync(Actor actor, int limit, CancellationToken cancel)
    {
        List<RunView> runs = [.. await jobs.ListAsync(actor, null, null, null, limit, cancel), .. await plays.LastOfEachServerAsync(actor, limit, cancel)];
        return [.. runs.OrderByDescending(run => run.CreatedAt).Take(limit)];
    }
}

/// <summary>Addresses of runs.</summary>
public static class RunLinks
{
    public static string Href(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Kind switch
        {
            RunKind.Play => $"/plays/{run.Id}",
            RunKind.Job => $"/jobs/{run.Id}",
            _ => throw new ArgumentOutOfRangeException(nameof(run), run.Kind, "Not a kind of run."),
        };
    }

    /// <summary>"3 of 7 · Pull image", or how it ended.</summary>
    public static string StepText(this RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var at = run.Steps.FirstOrDefault(step => step.State is Core.Contracts.Jobs.StepState.Running or Core.Contracts.Jobs.StepState.Failure);
        return at is null ? run.Note ?? "" : $"{at.Number} of {run.Steps.Count} · {at.Title}";
    }
}

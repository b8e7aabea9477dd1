using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Core.Runs;

/// <summary>One declared part of a run: a play's task or a job's step. Plays and jobs look alike to whoever watches, so they share this.</summary>
public abstract class RunStep
{
    /// <summary>The play or job.</summary>
    public required Guid RunId { get; init; }

    /// <summary>1, 2, 3, ... in the order in which they run.</summary>
    public required int Number { get; init; }

    /// <summary>Stable name, unique within the run.</summary>
    public required string Key { get; init; }

    /// <summary>What a person reads.</summary>
    public required string Title { get; init; }

    public StepState State { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>0 to 100, only where the real tool reports it.</summary>
    public int? Progress { get; set; }

    /// <summary>One line on what it did.</summary>
    public string? Summary { get; set; }
}

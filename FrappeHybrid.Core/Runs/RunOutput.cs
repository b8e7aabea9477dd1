namespace FrappeHybrid.Core.Runs;

/// <summary>A piece of a step's live output, in the order of <see cref="Id"/>. A step keeps at most <see cref="LimitPerStep"/> characters; after that one notice says so.</summary>
public sealed class RunOutput
{
    /// <summary>How much of a step's output is kept.</summary>
    public const int LimitPerStep = 1_000_000;

    /// <summary>Rising; made by the database.</summary>
    public long Id { get; init; }

    /// <summary>The play or job.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The step's key.</summary>
    public required string StepKey { get; init; }

    /// <summary>Text with its line ends; secrets taken out.</summary>
    public required string Text { get; init; }
}

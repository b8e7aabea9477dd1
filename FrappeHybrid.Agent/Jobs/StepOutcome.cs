namespace FrappeHybrid.Agent.Jobs;

/// <summary>How a step ended that did not fail.</summary>
/// <param name="Summary">One line on what it did.</param>
/// <param name="HadNothingToDo">It is shown as skipped.</param>
internal readonly record struct StepOutcome(string? Summary, bool HadNothingToDo)
{
    public static StepOutcome Done(string summary) => new(summary, HadNothingToDo: false);

    public static StepOutcome Nothing(string summary) => new(summary, HadNothingToDo: true);
}

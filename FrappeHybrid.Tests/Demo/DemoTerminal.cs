using System.Globalization;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Tests.Demo;

/// <summary>Live progress for a person: one line for each ended step, and on a terminal one more line that moves with the step at work.</summary>
internal sealed class DemoTerminal(TimeProvider time)
{
    private readonly bool moves = !Console.IsOutputRedirected;
    private readonly HashSet<(Guid Run, int Step)> told = [];

    /// <summary>A line of its own.</summary>
    public void Say(string text)
    {
        ClearMovingLine();
        Console.WriteLine(text);
    }

    /// <summary>The title of a part.</summary>
    public void Head(string text) => Say(moves ? $"\n\e[1m{text}\e[0m" : $"\n{text}");

    /// <summary>Tells what is new in a run since the last call.</summary>
    public void Show(RunView run)
    {
        foreach (var step in run.Steps.Where(step => step.State is StepState.Success or StepState.Failure or StepState.Skipped))
        {
            if (told.Add((run.Id, step.Number)))
                Say($"  {Mark(step.State)} {step.Title,-34} {Took(step),8}  {Summary(step)}");
        }

        if (run.Error is not null && run.HasEnded && told.Add((run.Id, 0)))
            Say($"  {run.Error.Message} {run.Error.Advice}\n{run.Error.Raw}");

        var running = run.Steps.FirstOrDefault(step => step.State is StepState.Running);
        if (moves && running is not null && !run.HasEnded)
            Console.Write($"\r\e[2K  … {running.Title,-34} {Seconds(time.GetUtcNow() - (running.StartedAt ?? time.GetUtcNow())),8}  {(running.Progress is { } percent ? $"{percent} %" : "")}");
    }

    private void ClearMovingLine()
    {
        if (moves)
            Console.Write("\r\e[2K");
    }

    private static string Mark(StepState state) => state switch
    {
        StepState.Success => "✓",
        StepState.Failure => "✗",
        StepState.Skipped => "–",
        StepState.Pending or StepState.Running => " ",
        _ => "?",
    };

    private static string Summary(RunStepView step) => step.Changed is false ? $"nothing changed. {step.Summary}" : step.Summary ?? "";

    private static string Took(RunStepView step) => step is { StartedAt: { } from, FinishedAt: { } to } ? Seconds(to - from) : "";

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
}

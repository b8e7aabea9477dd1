using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Jobs;

/// <summary>One step of a job.</summary>
public sealed class JobStep : RunStep
{
    /// <summary>Characters of output that are stored, so that the limit of <see cref="RunOutput.LimitPerStep"/> needs no counting.</summary>
    public long OutputLength { get; set; }

    /// <summary>Takes over what the Agent says.</summary>
    public void Apply(StepSnapshot snapshot)
    {
        State = snapshot.State;
        StartedAt = snapshot.StartedAt;
        FinishedAt = snapshot.FinishedAt;
        Progress = snapshot.Progress;
        Summary = snapshot.Summary;
    }

    /// <summary>The row for a further piece of output; null when the step has said too much already. The piece that reaches the limit is cut and says so.</summary>
    public RunOutput? AddOutput(string text)
    {
        var left = RunOutput.LimitPerStep - OutputLength;
        if (left <= 0 || text.Length == 0)
            return null;
        OutputLength += text.Length;
        if (text.Length > left)
            text = string.Concat(text.AsSpan(0, (int)left), $"\n[The portal keeps {RunOutput.LimitPerStep:N0} characters of a step; the rest is not shown.]\n");
        return new RunOutput { RunId = RunId, StepKey = Key, Text = text };
    }
}

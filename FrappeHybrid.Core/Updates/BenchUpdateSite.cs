using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Updates;

/// <summary>One site in the update of a bench.</summary>
public sealed class BenchUpdateSite
{
    public required Guid BenchUpdateId { get; init; }

    public required Guid SiteId { get; init; }

    /// <summary>Its place, from 1: the first one goes alone.</summary>
    public required int Number { get; init; }

    public BenchUpdateSiteState State { get; private set; } = BenchUpdateSiteState.Waiting;

    /// <summary>Why it failed or was left out, for a person.</summary>
    public string? Reason { get; private set; }

    /// <summary>Its last update; null until its turn has come.</summary>
    public Guid? JobId { get; private set; }

    /// <summary>Its update was ordered.</summary>
    public void Begin(Guid jobId)
    {
        State = BenchUpdateSiteState.Running;
        JobId = jobId;
        Reason = null;
    }

    /// <summary>Its update could not be ordered.</summary>
    public void Fail(string reason)
    {
        State = BenchUpdateSiteState.Failed;
        Reason = reason;
    }

    /// <summary>It moved or went meanwhile; done when it is where it was to go.</summary>
    public void LeaveOut(bool isThere, string reason)
    {
        State = isThere ? BenchUpdateSiteState.Done : BenchUpdateSiteState.Skipped;
        Reason = reason;
    }

    /// <summary>After a failure: its turn comes again.</summary>
    public void WaitAgain()
    {
        if (State is BenchUpdateSiteState.Failed)
            State = BenchUpdateSiteState.Waiting;
    }

    /// <summary>Takes over how its job ended; nothing happens while it runs.</summary>
    public void Settle(Job? job)
    {
        if (State is not BenchUpdateSiteState.Running || job is { HasEnded: false })
            return;
        if (job?.State is RunState.Success)
            State = BenchUpdateSiteState.Done;
        else
            Fail(job?.EndReason ?? "Its job is gone.");
    }
}

namespace FrappeHybrid.Core.Runs;

/// <summary>Where a play or a job is. Portal jobs: Undelivered -> Pending -> Running -> Success | Failure | Cancelled, and DeliveryFailure; plays begin at Pending.</summary>
public enum RunState
{
    /// <summary>Written, the Agent has not stored it yet.</summary>
    Undelivered,

    /// <summary>Accepted, waits.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>All done.</summary>
    Success,

    /// <summary>Ended at a failed step.</summary>
    Failure,

    /// <summary>Ended on request.</summary>
    Cancelled,

    /// <summary>The Agent could not be reached until the last try.</summary>
    DeliveryFailure,
}

using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Where a job is on the Agent. Allowed: Pending -> Running -> Success | Failure | Cancelled, Pending -> Cancelled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Stored, waits for its locks.</summary>
    Pending,

    /// <summary>A step runs, or the compensation after a failure.</summary>
    Running,

    /// <summary>All steps are done.</summary>
    Success,

    /// <summary>A step failed or the Agent was ended in the middle; what was half-made has been taken away.</summary>
    Failure,

    /// <summary>Ended on request; what was half-made has been taken away.</summary>
    Cancelled,
}

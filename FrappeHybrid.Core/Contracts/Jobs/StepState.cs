using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Where one step of a job, or one task of a play, is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepState>))]
public enum StepState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Done.</summary>
    Success,

    /// <summary>Did not work; the job ends.</summary>
    Failure,

    /// <summary>Had nothing to do or was never reached.</summary>
    Skipped,
}

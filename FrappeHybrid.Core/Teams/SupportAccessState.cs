namespace FrappeHybrid.Core.Teams;

/// <summary>Where a request of support to act is.</summary>
public enum SupportAccessState
{
    /// <summary>The owner has not decided yet.</summary>
    Asked,

    /// <summary>Let in until the time that was given.</summary>
    Granted,

    /// <summary>The owner said no.</summary>
    Refused,

    /// <summary>Ended by the owner or by support before its time.</summary>
    Ended,
}

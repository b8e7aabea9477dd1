namespace FrappeHybrid.Core.Activity;

/// <summary>How what is recorded came out.</summary>
public enum ActivityResult
{
    /// <summary>It was done, or ordered; the end of a job has an entry of its own.</summary>
    Done,

    /// <summary>Whoever asked was not allowed to, or did not prove who it is.</summary>
    Refused,

    /// <summary>It was tried and did not succeed.</summary>
    Failed,
}

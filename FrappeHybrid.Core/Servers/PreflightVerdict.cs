namespace FrappeHybrid.Core.Servers;

/// <summary>What a check says.</summary>
public enum PreflightVerdict
{
    /// <summary>Not looked at yet, or looking now.</summary>
    Waiting,

    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>It works, but the owner should know.</summary>
    Warn,

    /// <summary>The set-up would fail.</summary>
    Fail,
}

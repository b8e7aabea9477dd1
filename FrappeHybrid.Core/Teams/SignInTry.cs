namespace FrappeHybrid.Core.Teams;

/// <summary>The guard's answer: look at what was typed, or wait.</summary>
/// <param name="Wait">How long until the next try; zero when this one is allowed.</param>
/// <param name="Buckets">Where this try was counted.</param>
public sealed record SignInTry(TimeSpan Wait, IReadOnlyList<string> Buckets)
{
    /// <summary>Whether what was typed may be looked at.</summary>
    public bool IsAllowed => Wait == TimeSpan.Zero;
}

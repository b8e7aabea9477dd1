namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>The real clock, some days ahead: what was made a moment ago is old.</summary>
internal sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}

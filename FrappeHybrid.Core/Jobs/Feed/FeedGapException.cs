namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>The feed left numbers out: what was told in between is missing.</summary>
internal sealed class FeedGapException(long expected, long got) : Exception($"The feed went on at {got} instead of {expected}.")
{
    /// <summary>The number that should have come.</summary>
    public long Expected { get; } = expected;

    /// <summary>The number that came.</summary>
    public long Got { get; } = got;
}

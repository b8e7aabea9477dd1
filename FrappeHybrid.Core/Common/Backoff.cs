using System.Security.Cryptography;

namespace FrappeHybrid.Core.Common;

/// <summary>Waiting times that double from a first to a longest one. A fifth of jitter each way keeps many servers from trying all at once.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int failures;

    /// <summary>The last try failed.</summary>
    public bool HasFailed => failures > 0;

    /// <summary>How long to wait after one more failure.</summary>
    public TimeSpan Next() => After(++failures, first, longest);

    /// <summary>It worked: the next wait is the first again.</summary>
    public void Reset() => failures = 0;

    /// <summary>How long to wait after that many failures in a row (1, 2, ...).</summary>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 30));
        var limited = doubled < longest ? doubled : longest;
        return limited * (0.8 + (RandomNumberGenerator.GetInt32(0, 401) / 1000.0));
    }
}

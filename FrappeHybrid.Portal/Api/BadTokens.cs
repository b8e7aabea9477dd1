using System.Threading.RateLimiting;

namespace FrappeHybrid.Portal.Api;

/// <summary>How many tokens that do not work one address may show. Guessing is hopeless anyway; this keeps it from costing us anything.</summary>
internal sealed class BadTokens : IDisposable
{
    public const int Most = 30;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = Window, QueueLimit = 0 }));

    /// <summary>Nothing more is looked at from there for now.</summary>
    public bool AreTooMany(string address)
    {
        using var lease = limiter.AttemptAcquire(address, 0);
        return !lease.IsAcquired;
    }

    /// <summary>One more that does not work.</summary>
    public void Count(string address) => limiter.AttemptAcquire(address).Dispose();

    public void Dispose() => limiter.Dispose();
}

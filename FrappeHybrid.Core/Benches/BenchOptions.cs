using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Benches;

/// <summary>Settings of benches, section "Benches" of appsettings.json.</summary>
public sealed class BenchOptions
{
    /// <summary>Image of redis-cache and redis-queue.</summary>
    public string RedisImage { get; set; } = "redis:7-alpine";

    /// <summary>The same, checked; a FormatException at start is better than a failed job later.</summary>
    public ImageReference Redis => ImageReference.Parse(RedisImage);
}

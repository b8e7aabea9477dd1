using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>The services in which a shell can be opened.</summary>
public static class TerminalServices
{
    /// <summary>Those that run the bench's own image: they have bash, the user frappe and the bench's folder. Redis has none of them.</summary>
    public static IReadOnlyList<BenchService> All { get; } = [.. BenchServices.All.Where(service => service is not (BenchService.RedisCache or BenchService.RedisQueue))];
}

using System.Diagnostics.CodeAnalysis;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>The eight services by the names that frappe_docker, URLs and containers use.</summary>
public static class BenchServices
{
    /// <summary>All of them, in the order in which a page lists them.</summary>
    public static IReadOnlyList<BenchService> All { get; } = Enum.GetValues<BenchService>();

    /// <summary>The service's name, e.g. "queue-short".</summary>
    public static string Name(this BenchService service) => service switch
    {
        BenchService.Backend => "backend",
        BenchService.Frontend => "frontend",
        BenchService.Websocket => "websocket",
        BenchService.QueueShort => "queue-short",
        BenchService.QueueLong => "queue-long",
        BenchService.Scheduler => "scheduler",
        BenchService.RedisCache => "redis-cache",
        BenchService.RedisQueue => "redis-queue",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "Not one of the eight services."),
    };

    /// <summary>The service of that name; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out BenchService service)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name() == name)
            {
                service = candidate;
                return true;
            }
        }

        service = default;
        return false;
    }
}

using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>One container of a bench, as frappe_docker lays it out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BenchService>))]
public enum BenchService
{
    /// <summary>gunicorn on 8000.</summary>
    [JsonStringEnumMemberName("backend")]
    Backend,

    /// <summary>nginx on 8080, the only one that is published (on 127.0.0.1).</summary>
    [JsonStringEnumMemberName("frontend")]
    Frontend,

    /// <summary>socket.io on 9000.</summary>
    [JsonStringEnumMemberName("websocket")]
    Websocket,

    /// <summary>Worker of the queues short and default.</summary>
    [JsonStringEnumMemberName("queue-short")]
    QueueShort,

    /// <summary>Worker of the queues long, default and short.</summary>
    [JsonStringEnumMemberName("queue-long")]
    QueueLong,

    /// <summary>`bench schedule`.</summary>
    [JsonStringEnumMemberName("scheduler")]
    Scheduler,

    /// <summary>Redis for the cache; keeps nothing.</summary>
    [JsonStringEnumMemberName("redis-cache")]
    RedisCache,

    /// <summary>Redis for the queues; keeps its data in a volume.</summary>
    [JsonStringEnumMemberName("redis-queue")]
    RedisQueue,
}

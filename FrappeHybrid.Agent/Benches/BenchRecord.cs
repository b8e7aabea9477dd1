using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>bench.json: what the Agent knows of a bench and cannot ask the engine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">What it was asked to run.</param>
/// <param name="ImageDigest">What that was when it was pulled; null when the registry gave none.</param>
/// <param name="RedisImage">Image of the two Redis.</param>
/// <param name="FrontendPort">On the server's 127.0.0.1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Apps">Apps of the image.</param>
/// <param name="Limits">Memory and processors of the containers.</param>
/// <param name="Workers">How many processes serve it; null in the record of a bench from before there was a choice.</param>
internal sealed record BenchRecord(
    BenchName Name,
    ImageReference Image,
    string? ImageDigest,
    ImageReference RedisImage,
    int FrontendPort,
    DateTimeOffset CreatedAt,
    IReadOnlyList<AppName> Apps,
    BenchLimits Limits,
    BenchWorkers? Workers = null)
{
    /// <summary>How many processes serve it.</summary>
    [JsonIgnore]
    public BenchWorkers Counts => Workers ?? BenchWorkers.Default;
}

/// <summary>common_site_config.json, with the keys that frappe_docker's configurator writes.</summary>
internal sealed record CommonSiteConfig(
    [property: JsonPropertyName("chromium_path")] string ChromiumPath,
    [property: JsonPropertyName("db_host")] string DatabaseHost,
    [property: JsonPropertyName("db_port")] int DatabasePort,
    [property: JsonPropertyName("redis_cache")] string RedisCache,
    [property: JsonPropertyName("redis_queue")] string RedisQueue,
    [property: JsonPropertyName("redis_socketio")] string RedisSocketio,
    [property: JsonPropertyName("socketio_port")] int SocketioPort);

/// <summary>JSON of a bench's files.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BenchRecord))]
[JsonSerializable(typeof(CommonSiteConfig))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class BenchJson : JsonSerializerContext;

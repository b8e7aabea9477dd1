using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>What a part of a bench's network is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkPartKind>))]
public enum NetworkPartKind
{
    /// <summary>The server's nginx, which all benches share.</summary>
    [JsonStringEnumMemberName("nginx")]
    Nginx,

    /// <summary>One of the bench's own eight containers.</summary>
    [JsonStringEnumMemberName("service")]
    Service,

    /// <summary>The server's MariaDB, which all benches share.</summary>
    [JsonStringEnumMemberName("database")]
    Database,
}

using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>What a feed line tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedEventKind>))]
public enum FeedEventKind
{
    /// <summary>First line of every connection; carries the epoch.</summary>
    Hello,

    /// <summary>Nothing happened for 5 seconds; the connection lives.</summary>
    Heartbeat,

    /// <summary>A job or one of its steps changed; <see cref="FeedEvent.Job"/> holds it.</summary>
    JobChanged,

    /// <summary>A step said something.</summary>
    StepOutput,
}

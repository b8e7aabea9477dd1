using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Data.Sqlite;
using static FrappeHybrid.Agent.Jobs.JobDatabase;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// The numbered stream of everything that happened. Readers take it from the store and are only woken by writers, so that a slow reader costs nothing
/// and a reader that comes back misses nothing.
/// </summary>
internal sealed class JobFeed(JobDatabase database)
{
    private volatile TaskCompletionSource pulse = NewPulse();

    public Guid Epoch => database.Epoch;

    /// <summary>
    /// Ends at the next change. Take it before reading: a change between the two then wakes the reader at once, and none is slept through.
    /// </summary>
    public Task NextChange => pulse.Task;

    /// <summary>
    /// Adds an event inside the transaction of the change that it tells. The number is the one after the last ever given: AUTOINCREMENT remembers it
    /// though old events are taken away, and a transaction that is rolled back gives it back.
    /// </summary>
    public static void Append(SqliteConnection connection, Func<long, FeedEvent> tell)
    {
        using var last = Command(connection, "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0)");
        var feedEvent = tell((long)last.ExecuteScalar()! + 1);
        Execute(
            connection, "INSERT INTO feed (number, at, event) VALUES ($number, $at, $event)",
            ("$number", feedEvent.Number), ("$at", feedEvent.At.UtcTicks), ("$event", JsonSerializer.Serialize(feedEvent, AgentJson.Default.FeedEvent)));
    }

    /// <summary>Tells readers that something was committed.</summary>
    public void Wake() => Interlocked.Exchange(ref pulse, NewPulse()).SetResult();

    /// <summary>The events after a number, in order, as the JSON lines that they are sent as.</summary>
    public IReadOnlyList<(long Number, string Line)> Read(long after, int limit) => database.Read(connection =>
    {
        using var command = Command(connection, "SELECT number, event FROM feed WHERE number > $after ORDER BY number LIMIT $limit", ("$after", after), ("$limit", limit));
        using var reader = command.ExecuteReader();
        var events = new List<(long, string)>();
        while (reader.Read())
            events.Add((reader.GetInt64(0), reader.GetString(1)));

        return events;
    });

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

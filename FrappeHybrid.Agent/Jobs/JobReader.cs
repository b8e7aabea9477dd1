using System.Text.Json;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Data.Sqlite;
using static FrappeHybrid.Agent.Jobs.JobDatabase;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>Jobs as rows, read into what the rest works with.</summary>
internal static class JobReader
{
    private const string Columns = "SELECT id, type, state, stored_at, started_at, finished_at, error, result, queue_position FROM jobs";

    public static JobSnapshot? Find(SqliteConnection connection, Guid id)
    {
        using var command = Command(connection, $"{Columns} WHERE id = $id", ("$id", JobStore.Text(id)));
        return Snapshots(connection, command).FirstOrDefault();
    }

    public static IReadOnlyList<JobSnapshot> List(SqliteConnection connection, JobState? state, int limit)
    {
        using var command = Command(
            connection, $"{Columns} WHERE $state IS NULL OR state = $state ORDER BY sequence DESC LIMIT $limit", ("$state", state?.ToString()), ("$limit", limit));
        return Snapshots(connection, command);
    }

    public static IReadOnlyList<StoredJob> Unfinished(SqliteConnection connection, Guid? only = null)
    {
        using var command = Command(
            connection,
            $"SELECT id, type, state, request, sequence, outcome_state, error FROM jobs WHERE state IN ('Pending', 'Running') {(only is null ? "" : "AND id = $id ")}ORDER BY sequence",
            ("$id", only is { } id ? JobStore.Text(id) : null));
        using var reader = command.ExecuteReader();
        var jobs = new List<StoredJob>();
        while (reader.Read())
        {
            var outcome = reader.IsDBNull(5) ? null : new JobOutcome(Enum.Parse<JobState>(reader.GetString(5)), Error(reader.GetString(6)));
            jobs.Add(new StoredJob(
                Guid.Parse(reader.GetString(0)), reader.GetString(1), Enum.Parse<JobState>(reader.GetString(2)), reader.GetString(3), reader.GetInt64(4), outcome));
        }

        return jobs;
    }

    public static IReadOnlyList<JobClaim> Claims(SqliteConnection connection, Guid id)
    {
        using var command = Command(connection, "SELECT kind, value FROM claims WHERE job_id = $id", ("$id", JobStore.Text(id)));
        using var reader = command.ExecuteReader();
        var claims = new List<JobClaim>();
        while (reader.Read())
            claims.Add(new JobClaim(reader.GetString(0), reader.GetString(1)));

        return claims;
    }

    private static List<JobSnapshot> Snapshots(SqliteConnection connection, SqliteCommand command)
    {
        var jobs = new List<JobSnapshot>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                jobs.Add(new JobSnapshot(
                    Guid.Parse(reader.GetString(0)),
                    reader.GetString(1),
                    Enum.Parse<JobState>(reader.GetString(2)),
                    Time(reader, 3)!.Value,
                    Time(reader, 4),
                    Time(reader, 5),
                    [],
                    reader.IsDBNull(6) ? null : Error(reader.GetString(6)),
                    reader.IsDBNull(7) ? null : Result(reader.GetString(7)),
                    reader.GetInt32(8)));
            }
        }

        return jobs.ConvertAll(job => job with { Steps = Steps(connection, job.Id) });
    }

    private static List<StepSnapshot> Steps(SqliteConnection connection, Guid id)
    {
        using var command = Command(
            connection, "SELECT key, state, started_at, finished_at, progress, summary FROM steps WHERE job_id = $id ORDER BY position", ("$id", JobStore.Text(id)));
        using var reader = command.ExecuteReader();
        var steps = new List<StepSnapshot>();
        while (reader.Read())
        {
            steps.Add(new StepSnapshot(
                reader.GetString(0),
                Enum.Parse<StepState>(reader.GetString(1)),
                Time(reader, 2),
                Time(reader, 3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return steps;
    }

    private static DateTimeOffset? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);

    private static JobError Error(string json) => JsonSerializer.Deserialize(json, StoreJson.Default.JobError)!;

    private static JsonElement Result(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Data.Sqlite;
using static FrappeHybrid.Agent.Jobs.JobDatabase;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// Every change to a job, each in one transaction with the feed event that tells it: what is in the store has been told, and what has been told is in
/// the store.
/// </summary>
internal sealed class JobStore(JobDatabase database, JobFeed feed, TimeProvider time)
{
    /// <summary>No digest of a request looks like this.</summary>
    private const string VoidDigest = "void";

    /// <summary>Stores a job with its steps, unless its key is known.</summary>
    public Acceptance Accept(JobSubmission submission) => Change(connection =>
    {
        using (var known = Command(connection, "SELECT digest FROM keys WHERE id = $id", ("$id", Text(submission.Id))))
        {
            if (known.ExecuteScalar() is string digest)
                return digest == submission.Digest && JobReader.Find(connection, submission.Id) is not null ? Acceptance.SameAgain : Acceptance.KeyReused;
        }

        Execute(connection, "INSERT INTO keys (id, digest) VALUES ($id, $digest)", ("$id", Text(submission.Id)), ("$digest", submission.Digest));
        Execute(
            connection,
            "INSERT INTO jobs (id, type, state, request, stored_at) VALUES ($id, $type, $state, $request, $now)",
            ("$id", Text(submission.Id)), ("$type", submission.Type.Key), ("$state", nameof(JobState.Pending)), ("$request", submission.Request), ("$now", Now()));
        for (var position = 0; position < submission.Type.Steps.Count; position++)
        {
            Execute(
                connection,
                "INSERT INTO steps (job_id, position, key, state) VALUES ($id, $position, $key, $state)",
                ("$id", Text(submission.Id)), ("$position", position), ("$key", submission.Type.Steps[position].Key), ("$state", nameof(StepState.Pending)));
        }

        Tell(connection, submission.Id);
        return Acceptance.Accepted;
    });

    /// <summary>Takes a key that no job has, so that none ever will: a submission that is still under way finds it taken.</summary>
    public void Void(Guid id) => database.Write(connection => Execute(
        connection, "INSERT OR IGNORE INTO keys (id, digest) VALUES ($id, $digest)", ("$id", Text(id)), ("$digest", VoidDigest)));

    /// <summary>No job has ever had this key.</summary>
    public bool IsNew(Guid id) => database.Read(connection =>
    {
        using var known = Command(connection, "SELECT 1 FROM keys WHERE id = $id", ("$id", Text(id)));
        return known.ExecuteScalar() is null;
    });

    public void Start(Guid id) => Change(id, connection => Execute(
        connection, "UPDATE jobs SET state = $state, started_at = $now, queue_position = 0 WHERE id = $id",
        ("$state", nameof(JobState.Running)), ("$now", Now()), ("$id", Text(id))));

    public void StartStep(Guid id, string step) => Change(id, connection => Execute(
        connection, "UPDATE steps SET state = $state, started_at = $now WHERE job_id = $id AND key = $step",
        ("$state", nameof(StepState.Running)), ("$now", Now()), ("$id", Text(id)), ("$step", step)));

    public void Progress(Guid id, string step, int percent) => Change(id, connection => Execute(
        connection, "UPDATE steps SET progress = $percent WHERE job_id = $id AND key = $step", ("$percent", percent), ("$id", Text(id)), ("$step", step)));

    public void FinishStep(Guid id, string step, StepOutcome outcome) => Change(id, connection => Execute(
        connection, "UPDATE steps SET state = $state, finished_at = $now, summary = $summary WHERE job_id = $id AND key = $step",
        ("$state", outcome.HadNothingToDo ? nameof(StepState.Skipped) : nameof(StepState.Success)),
        ("$now", Now()), ("$summary", outcome.Summary), ("$id", Text(id)), ("$step", step)));

    /// <summary>The next piece of a step's output.</summary>
    public void Say(Guid id, string step, string output) => Change(connection =>
    {
        JobFeed.Append(connection, number => new FeedEvent(number, FeedEventKind.StepOutput, time.GetUtcNow(), JobId: id, Step: step, Output: output));
        return true;
    });

    /// <summary>Stores that this is the job's own from now on; returns once that is on the disk.</summary>
    public void Claim(Guid id, JobClaim claim) => database.Write(connection => Execute(
        connection, "INSERT OR IGNORE INTO claims (job_id, kind, value) VALUES ($id, $kind, $value)", ("$id", Text(id)), ("$kind", claim.Kind), ("$value", claim.Value)));

    /// <summary>The job will end so, after its compensation; the step at work has failed, and those behind it are never reached.</summary>
    public void Decide(Guid id, JobOutcome outcome) => Change(id, connection =>
    {
        Execute(
            connection, "UPDATE jobs SET outcome_state = $state, error = $error WHERE id = $id",
            ("$state", outcome.State.ToString()), ("$error", JsonSerializer.Serialize(outcome.Error, StoreJson.Default.JobError)), ("$id", Text(id)));
        Execute(
            connection, "UPDATE steps SET state = $failure, finished_at = $now WHERE job_id = $id AND state = $running",
            ("$failure", nameof(StepState.Failure)), ("$now", Now()), ("$id", Text(id)), ("$running", nameof(StepState.Running)));
        Execute(
            connection, "UPDATE steps SET state = $skipped WHERE job_id = $id AND state = $pending",
            ("$skipped", nameof(StepState.Skipped)), ("$id", Text(id)), ("$pending", nameof(StepState.Pending)));
    });

    /// <summary>The end of a job; what it claimed is either whole or gone.</summary>
    public void Finish(Guid id, JobState state, JobError? error, JsonElement? result) => Change(id, connection =>
    {
        Execute(connection, "DELETE FROM claims WHERE job_id = $id", ("$id", Text(id)));
        if (state == JobState.Success)
        {
            // A job that was interrupted past its point of no return has been finished: so has the step in which that was.
            Execute(
                connection, "UPDATE steps SET state = $success, finished_at = $now WHERE job_id = $id AND state IN ($running, $pending)",
                ("$success", nameof(StepState.Success)), ("$now", Now()), ("$id", Text(id)), ("$running", nameof(StepState.Running)), ("$pending", nameof(StepState.Pending)));
        }

        Execute(
            connection,
            "UPDATE jobs SET state = $state, finished_at = $now, queue_position = 0, outcome_state = NULL, error = $error, result = $result WHERE id = $id",
            ("$state", state.ToString()), ("$now", Now()),
            ("$error", error is null ? null : JsonSerializer.Serialize(error, StoreJson.Default.JobError)), ("$result", result?.GetRawText()), ("$id", Text(id)));
    });

    /// <summary>Stores and tells the places in the queue that have changed.</summary>
    public void Queue(IEnumerable<KeyValuePair<Guid, int>> positions) => Change(connection =>
    {
        foreach (var (id, position) in positions)
        {
            var changed = Execute(
                connection, "UPDATE jobs SET queue_position = $position WHERE id = $id AND queue_position <> $position", ("$position", position), ("$id", Text(id)));
            if (changed > 0)
                Tell(connection, id);
        }

        return true;
    });

    public JobSnapshot? Find(Guid id) => database.Read(connection => JobReader.Find(connection, id));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobSnapshot> List(JobState? state, int limit) => database.Read(connection => JobReader.List(connection, state, limit));

    /// <summary>All jobs that have not ended, in the order in which they came.</summary>
    public IReadOnlyList<StoredJob> Unfinished() => database.Read(connection => JobReader.Unfinished(connection));

    /// <summary>Null when it has ended, or never was.</summary>
    public StoredJob? FindUnfinished(Guid id) => database.Read(connection => JobReader.Unfinished(connection, id)).SingleOrDefault();

    public IReadOnlyList<JobClaim> Claims(Guid id) => database.Read(connection => JobReader.Claims(connection, id));

    /// <summary>Takes away jobs that ended before a time, and events as old. Their keys stay known for ever, and event numbers never come again.</summary>
    public int Prune(DateTimeOffset before) => database.Write(connection =>
    {
        Execute(connection, "DELETE FROM feed WHERE at < $before", ("$before", before.UtcTicks));
        return Execute(connection, "DELETE FROM jobs WHERE finished_at < $before", ("$before", before.UtcTicks));
    });

    /// <summary>How much <see cref="Prune"/> would take away: jobs, and bytes of events.</summary>
    public (int Jobs, long Bytes) OlderThan(DateTimeOffset before) => database.Read(connection =>
    {
        using var jobs = Command(connection, "SELECT COUNT(*) FROM jobs WHERE finished_at < $before", ("$before", before.UtcTicks));
        using var events = Command(connection, "SELECT COALESCE(SUM(LENGTH(event)), 0) FROM feed WHERE at < $before", ("$before", before.UtcTicks));
        return ((int)(long)jobs.ExecuteScalar()!, (long)events.ExecuteScalar()!);
    });

    /// <summary>Gives the room of what was taken away back to the disk.</summary>
    public void Compact() => database.Compact();

    private void Change(Guid id, Action<SqliteConnection> work) => Change(connection =>
    {
        work(connection);
        Tell(connection, id);
        return true;
    });

    private T Change<T>(Func<SqliteConnection, T> work)
    {
        var result = database.Write(work);
        feed.Wake();
        return result;
    }

    private void Tell(SqliteConnection connection, Guid id)
    {
        var job = JobReader.Find(connection, id) ?? throw new InvalidOperationException($"Job {id} is not in the store.");
        JobFeed.Append(connection, number => new FeedEvent(number, FeedEventKind.JobChanged, time.GetUtcNow(), JobId: id, Job: job));
    }

    private long Now() => time.GetUtcNow().UtcTicks;

    internal static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}

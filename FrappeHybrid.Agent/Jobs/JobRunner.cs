using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Data.Sqlite;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>Takes one job from its start to its end: steps, then success, or the decision how it ends, compensation, and that end.</summary>
internal sealed partial class JobRunner(JobStore store, JobSecrets secrets, ContainerProcesses processes, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>SQLite's code for a full disk.</summary>
    private const int SqliteFull = 13;

    private const int LongestRaw = 16 * 1024;

    /// <summary>How long compensation is tried again, e.g. while the engine is not there after a reboot.</summary>
    private static readonly TimeSpan CompensationLimit = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public static JobOutcome CancelledOutcome { get; } = new(
        JobState.Cancelled, new JobError(JobErrorCodes.Cancelled, "The job was cancelled.", "Nothing of it is left; start it again whenever you like.", Raw: null));

    /// <summary>True when the job has ended; false when the Agent is being ended and the job is left for the next start.</summary>
    public async Task<bool> RunAsync(IJobWork work, QueuedJob queued, CancellationToken stopping)
    {
        var stored = queued.Stored;
        var secret = secrets.Find(stored.Id);
        var job = new JobContext(store, work.Type, stored, secret, time, logger);
        if (secret is not null)
            job.Redactor.Add(secret);

        var outcome = stored.Outcome;
        try
        {
            JsonElement? result = null;
            var isNew = outcome is null;
            if (isNew && stored.State == JobState.Running)
                outcome = Interrupted;
            else if (isNew)
                (outcome, result) = await WorkAsync(work, job, queued.Cancelled, stopping);

            if (outcome is null)
            {
                await StoreAsync(() => store.Finish(stored.Id, JobState.Success, error: null, result), stopping);
                secrets.Forget(stored.Id);
                LogEnded(stored.Id, work.Type.Key, JobState.Success);
                return true;
            }

            if (isNew && job.IsPastReturn)
                return await FinishAsync(work, job, outcome, stopping);

            if (isNew)
                TryDecide(stored.Id, outcome);

            var error = await TryAgainAsync(job, outcome.Error, () => work.CompensateAsync(job, stopping), stopping);
            if (job.Conclusion is { } conclude)
                error = conclude(error);

            await StoreAsync(() => store.Finish(stored.Id, outcome.State, error, result: null), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }

        secrets.Forget(stored.Id);
        LogEnded(stored.Id, work.Type.Key, outcome.State);
        return true;
    }

    private static JobOutcome Interrupted { get; } = new(
        JobState.Failure,
        new JobError(
            JobErrorCodes.Interrupted,
            "The Agent was ended while this job ran.",
            "What was half made has been taken away. Start the job again.",
            Raw: null));

    private async Task<(JobOutcome? Outcome, JsonElement? Result)> WorkAsync(IJobWork work, JobContext job, CancellationToken cancelled, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(work.Type.TimeLimit, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled, stopping);
        try
        {
            store.Start(job.Id);
            var result = await work.RunAsync(job, any.Token);
            return job.IsThrough ? (null, result) : throw new InvalidOperationException($"{work.Type.Key} ended without all of its steps.");
        }
        catch (Exception exception) when (any.IsCancellationRequested)
        {
            // Whatever was thrown, the reason is the cancellation: a killed program also looks like one that failed.
            stopping.ThrowIfCancellationRequested();
            return (cancelled.IsCancellationRequested ? CancelledOutcome : TimeOver(work.Type, exception), null);
        }
        catch (Exception exception)
        {
            return (new JobOutcome(JobState.Failure, Describe(job, exception)), null);
        }
    }

    private static JobOutcome TimeOver(JobType type, Exception exception) => new(
        JobState.Failure,
        new JobError(
            JobErrorCodes.TimeLimit,
            $"It took longer than {type.TimeLimit.TotalMinutes:0} minutes and was ended.",
            "Look at the output of the step that was at work; a blocked database or a slow registry are the usual reasons.",
            (exception as JobFailedException)?.Error.Raw));

    private JobError Describe(JobContext job, Exception exception)
    {
        var error = exception switch
        {
            JobFailedException failed => failed.Error,
            DockerException { Fault: DockerFault.Unavailable } => new JobError(
                JobErrorCodes.EngineUnavailable, "The Docker engine does not answer.", "Look at `systemctl status docker` on the server.", exception.Message),
            IOException when exception.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase) => DiskFull(exception),
            SqliteException { SqliteErrorCode: SqliteFull } => DiskFull(exception),
            DockerException => new JobError(JobErrorCodes.CommandFailed, "The Docker engine refused.", "Its own words are below.", exception.Message),
            _ => new JobError(JobErrorCodes.Unexpected, "The Agent met a fault of its own.", "Tell the operator; the Agent's log has the details.", exception.Message),
        };
        if (error.Code == JobErrorCodes.Unexpected)
            LogUnexpected(job.Id, job.Redactor.Clean(exception.ToString()));

        return error with { Message = job.Redactor.Clean(error.Message), Raw = error.Raw is null ? null : End(job.Redactor.Clean(error.Raw)) };
    }

    private static JobError DiskFull(Exception exception) =>
        new(JobErrorCodes.DiskFull, "The server's disk is full.", "Free some space, or make the disk larger, and start the job again.", exception.Message);

    /// <summary>The end of the text: at most 16 KB, whole characters.</summary>
    private static string End(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= LongestRaw ? text : Encoding.UTF8.GetString(bytes.AsSpan(bytes.Length - LongestRaw)).TrimStart('\uFFFD');
    }

    /// <summary>What cannot be undone is done to its end, whatever ended the job: killed, cancelled or failed, its work is a success then and says so.</summary>
    private async Task<bool> FinishAsync(IJobWork work, JobContext job, JobOutcome outcome, CancellationToken stopping)
    {
        JsonElement? result = null;
        var error = await TryAgainAsync(job, outcome.Error, async () => result = await work.FinishAsync(job, stopping), stopping);
        var state = result is null ? outcome.State : JobState.Success;
        await StoreAsync(() => store.Finish(job.Id, state, result is null ? error : null, result), stopping);
        secrets.Forget(job.Id);
        LogEnded(job.Id, work.Type.Key, state);
        return true;
    }

    /// <summary>Compensates or finishes: tries until it is through; the error then says what is left, if anything is.</summary>
    private async Task<JobError> TryAgainAsync(JobContext job, JobError error, Func<Task> attempt, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                // Programs in containers outlive the job that started them, and the Agent too.
                await processes.EndAsync(job.Id, stopping);
                await attempt();
                return error;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                var reason = job.Redactor.Clean(exception.Message);
                LogCompensationFailed(job.Id, reason);
                if (time.GetElapsedTime(started) > CompensationLimit)
                    return error with { Advice = JobError.LeftBehind(reason) };
            }

            await Task.Delay(pause, time, stopping);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>A full disk must not keep compensation from freeing it: the decision is kept in memory when the store cannot take it.</summary>
    private void TryDecide(Guid id, JobOutcome outcome)
    {
        try
        {
            store.Decide(id, outcome);
        }
        catch (SqliteException exception)
        {
            LogNotStored(exception, id);
        }
    }

    private async Task StoreAsync(Action write, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (SqliteException exception)
            {
                LogNotStored(exception, Guid.Empty);
                await Task.Delay(LongestPause, time, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} ({Type}) ended: {State}")]
    private partial void LogEnded(Guid job, string type, JobState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} met a fault of ours: {Fault}")]
    private partial void LogUnexpected(Guid job, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What job {Job} has half made could not be taken away yet: {Reason}")]
    private partial void LogCompensationFailed(Guid job, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "agent.db refuses a change to job {Job}")]
    private partial void LogNotStored(Exception exception, Guid job);
}

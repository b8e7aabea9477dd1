using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>Takes jobs in, starts them when nothing stands in their way, and takes up what a killed Agent has left.</summary>
internal sealed partial class JobEngine : IHostedService, IDisposable
{
    private readonly JobStore store;
    private readonly JobSecrets secrets;
    private readonly JobRunner runner;
    private readonly ILogger<JobEngine> logger;
    private readonly Dictionary<string, IJobWork> works;
    private readonly JobQueue queue;
    private readonly Lock gate = new();
    private readonly HashSet<Task> running = [];
    private readonly CancellationTokenSource stopping = new();

    public JobEngine(JobStore store, JobSecrets secrets, JobRunner runner, IEnumerable<IJobWork> works, int parallel, ILogger<JobEngine> logger)
    {
        this.store = store;
        this.secrets = secrets;
        this.runner = runner;
        this.logger = logger;
        this.works = works.ToDictionary(work => work.Type.Key, StringComparer.Ordinal);
        queue = new JobQueue(parallel);
    }

    /// <summary>
    /// Stores the job and its secret before it returns, so that the answer 202 is a promise. The same request under the same key is the same job.
    /// </summary>
    public (Acceptance Acceptance, JobSnapshot? Job) Submit(JobSubmission submission, string? secret)
    {
        lock (gate)
        {
            // The secret first: a job that has been accepted must find it after a restart. A key that is known already leaves the file as it is.
            var isNew = store.IsNew(submission.Id);
            if (isNew && secret is not null)
                secrets.Keep(submission.Id, secret);

            var acceptance = store.Accept(submission);
            if (acceptance == Acceptance.Accepted)
            {
                var stored = store.FindUnfinished(submission.Id)!;
                queue.Add(new QueuedJob(stored, works[stored.Type].Locks(stored.Request)));
                Pump();
            }

            return (acceptance, acceptance == Acceptance.KeyReused ? null : store.Find(submission.Id));
        }
    }

    /// <summary>Ends a job that waits at once, and asks one that runs to end; null when there is no such job. True when its end is still to come.</summary>
    public (JobSnapshot Job, bool StillToEnd)? Cancel(Guid id)
    {
        lock (gate)
        {
            if (queue.Find(id) is not { } job)
                return store.Find(id) is { } ended ? (ended, false) : null;

            if (job.IsRunning)
            {
                job.Cancel();
                return (store.Find(id)!, true);
            }

            var outcome = JobRunner.CancelledOutcome;
            store.Decide(id, outcome);
            store.Finish(id, outcome.State, outcome.Error, result: null);
            secrets.Forget(id);
            queue.Remove(job);
            job.Dispose();
            Pump();
            return (store.Find(id)!, false);
        }
    }

    /// <summary>The job must not be: cancelled when it is known; otherwise its key is taken, on the disk when this returns, so that it can never begin. Null when there is none.</summary>
    public (JobSnapshot Job, bool StillToEnd)? Void(Guid id)
    {
        lock (gate)
        {
            if (store.IsNew(id))
                store.Void(id);

            return Cancel(id);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var unfinished = store.Unfinished();
            secrets.ForgetAllBut(unfinished.Select(job => job.Id).ToHashSet());
            foreach (var stored in unfinished)
                TakeUp(stored);

            foreach (var stored in unfinished.Where(IsInterrupted))
            {
                if (queue.Find(stored.Id) is { } job)
                {
                    LogInterrupted(stored.Id, stored.Type);
                    Run(job);
                }
            }

            Pump();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// The Agent is ended on purpose, for an update perhaps. Running jobs are left as a kill would leave them: the next start takes away what is
    /// half-made, and there is only one way through that, which is tested.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        Task[] left;
        lock (gate)
            left = [.. running];

        await Task.WhenAll(left).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>It ran when the Agent was killed, or its end was decided and not reached.</summary>
    private static bool IsInterrupted(StoredJob stored) => stored.State == JobState.Running || stored.Outcome is not null;

    /// <summary>A job that this version cannot read must not keep the Agent from starting.</summary>
    private void TakeUp(StoredJob stored)
    {
        try
        {
            queue.Add(new QueuedJob(stored, works[stored.Type].Locks(stored.Request)) { IsRunning = IsInterrupted(stored) });
        }
        catch (Exception exception) when (exception is KeyNotFoundException or System.Text.Json.JsonException)
        {
            LogUnreadable(exception, stored.Id, stored.Type);
            var error = new JobError(
                JobErrorCodes.Unexpected, $"This version of the Agent does not know the job ({stored.Type}).", "What it has half made may be left; look at the server.", Raw: null);
            store.Decide(stored.Id, new JobOutcome(JobState.Failure, error));
            store.Finish(stored.Id, JobState.Failure, error, result: null);
        }
    }

    private void Pump()
    {
        foreach (var job in queue.TakeStartable())
            Run(job);

        if (queue.TakeMoved() is { Count: > 0 } moved)
            store.Queue(moved);
    }

    private void Run(QueuedJob job)
    {
        var task = RunToEndAsync(job);
        running.Add(task);
        _ = task.ContinueWith(
            ended =>
            {
                lock (gate)
                    running.Remove(ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private async Task RunToEndAsync(QueuedJob job)
    {
        // Off the caller's thread, which holds the lock.
        await Task.Yield();
        var ended = false;
        try
        {
            ended = await runner.RunAsync(works[job.Stored.Type], job, stopping.Token);
        }
        catch (Exception exception)
        {
            // The runner ends every job itself; what comes here is the store refusing to store that. The lock stays taken: nobody knows what is there.
            LogLost(exception, job.Stored.Id);
        }

        if (!ended)
            return;

        lock (gate)
        {
            queue.Remove(job);
            job.Dispose();
            Pump();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} ({Type}) was interrupted; what it has half made is taken away now")]
    private partial void LogInterrupted(Guid job, string type);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} ({Type}) cannot be read by this version")]
    private partial void LogUnreadable(Exception exception, Guid job, string type);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The end of job {Job} could not be stored")]
    private partial void LogLost(Exception exception, Guid job);
}

namespace FrappeHybrid.Agent.Jobs;

/// <summary>A job in the queue, or at work.</summary>
internal sealed class QueuedJob(StoredJob stored, IReadOnlyList<JobLock> locks) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    public StoredJob Stored { get; } = stored;

    public bool IsRunning { get; set; }

    /// <summary>A person wants it to end.</summary>
    public CancellationToken Cancelled => cancellation.Token;

    public bool IsInTheWayOf(QueuedJob other) => locks.Any(mine => other.Needs(mine));

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    private bool Needs(JobLock held) => locks.Any(held.IsInTheWayOf);
}

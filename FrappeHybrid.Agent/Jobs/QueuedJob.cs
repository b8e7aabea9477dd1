namespace FrappeHybrid.Agent.Jobs;

/// <summary>A job in the queue, or at work.</summary>
internal sealed class QueuedJob(StoredJob stored, IReadOnlyList<JobLock> locks) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    public StoredJob Stored { get; } = stored;

    /// <summary>What it needs for itself.</summary>
    public IReadOnlyList<JobLock> Locks { get; } = locks;

    public bool IsRunning { get; set; }

    /// <summary>A person wants it to end.</summary>
    public CancellationToken Cancelled => cancellation.Token;

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();
}

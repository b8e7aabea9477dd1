namespace FrappeHybrid.Agent.Backups;

/// <summary>Tells whoever reads behind a writer that there is more, and when there will be no more.</summary>
internal sealed class WriteProgress
{
    private TaskCompletionSource next = New();

    /// <summary>All of it is in the file.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Ends with the next word of the writer. Take it before looking into the file, and nothing is missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Something more may be in the file.</summary>
    public void Advance() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>Nothing more will come.</summary>
    public void Complete()
    {
        IsComplete = true;
        Advance();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

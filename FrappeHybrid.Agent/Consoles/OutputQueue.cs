namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// What a container wrote and nobody took yet. It never makes the writer wait: the engine would make the container wait, and watching a service must not slow it. When it is
/// full the oldest goes, and how many lines that were is told.
/// </summary>
internal sealed class OutputQueue(int mostBytes)
{
    private readonly Lock gate = new();
    private readonly Queue<OutputChunk> chunks = new();
    private readonly bool[] hasGap = new bool[2];
    private readonly bool[] isWithinLine = new bool[2];
    private TaskCompletionSource changed = NewSignal();
    private int bytes;
    private long skipped;
    private bool isComplete;

    public void Add(OutputChunk chunk)
    {
        lock (gate)
        {
            chunks.Enqueue(chunk);
            bytes += chunk.Bytes.Length;
            while (bytes > mostBytes && chunks.Count > 1)
                Drop(chunks.Dequeue());
            changed.TrySetResult();
        }
    }

    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            changed.TrySetResult();
        }
    }

    /// <summary>The next piece; null at the end.</summary>
    public async ValueTask<OutputChunk?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (chunks.TryDequeue(out var chunk))
                    return Mark(chunk);
                if (isComplete)
                    return null;
                if (changed.Task.IsCompleted)
                    changed = NewSignal();
                waiting = changed.Task;
            }

            await waiting.WaitAsync(cancel);
        }
    }

    private OutputChunk Mark(OutputChunk chunk)
    {
        bytes -= chunk.Bytes.Length;
        var at = chunk.IsError ? 1 : 0;
        if (skipped > 0 || hasGap[at])
            chunk = chunk with { Skipped = skipped, IsAfterGap = hasGap[at], IsWithinLine = isWithinLine[at] };
        (skipped, hasGap[at], isWithinLine[at]) = (0, false, false);
        return chunk;
    }

    private void Drop(OutputChunk chunk)
    {
        bytes -= chunk.Bytes.Length;
        skipped += chunk.LineEnds;
        var at = chunk.IsError ? 1 : 0;
        (hasGap[at], isWithinLine[at]) = (true, !chunk.EndsALine);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

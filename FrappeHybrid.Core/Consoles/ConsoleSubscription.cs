using System.Runtime.CompilerServices;

namespace FrappeHybrid.Core.Consoles;

/// <summary>One viewer of a console. Read it with `await foreach`; dispose it when the viewer leaves.</summary>
public sealed class ConsoleSubscription : IAsyncEnumerable<ConsoleBatch>, IAsyncDisposable
{
    /// <summary>Lines that arrive within this time go out together; the first after a quiet time goes at once.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(6);

    private readonly ConsoleBuffer buffer;
    private readonly TimeProvider time;
    private readonly ConsoleCursor cursor;
    private Action? leave;

    internal ConsoleSubscription(ConsoleBuffer buffer, ConsolePosition? position, TimeProvider time, Action leave)
    {
        this.buffer = buffer;
        this.time = time;
        this.leave = leave;
        cursor = new ConsoleCursor(position);
    }

    /// <summary>The last lines first, then what is new, until cancelled. One reader at a time.</summary>
    public IAsyncEnumerator<ConsoleBatch> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    /// <summary>The viewer leaves; the stream from the server ends a few seconds after the last one.</summary>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref leave, null)?.Invoke();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ConsoleBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var sent = 0L;
        while (true)
        {
            await buffer.ChangedAsync(cursor).WaitAsync(cancel);
            if (sent > 0 && Gather - time.GetElapsedTime(sent) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, cancel);
            cancel.ThrowIfCancellationRequested();
            sent = time.GetTimestamp();
            if (buffer.Read(cursor) is { } batch)
                yield return batch;
        }
    }
}

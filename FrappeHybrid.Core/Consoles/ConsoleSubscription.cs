using System.Runtime.CompilerServices;

namespace FrappeHybrid.Core.Consoles;

/// <summary>One viewer of a console. Read it with `await foreach`; dispose it when the viewer leaves.</summary>
public sealed class ConsoleSubscription : IAsyncEnumerable<ConsoleBatch>, IAsyncDisposable
{
    /// <summary>Lines that arrive within this time go out together: a browser does not gain from more.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

    private readonly ConsoleBuffer buffer;
    private readonly TimeProvider time;
    private readonly ConsoleCursor cursor = new();
    private Action? leave;

    internal ConsoleSubscription(ConsoleBuffer buffer, TimeProvider time, Action leave)
    {
        this.buffer = buffer;
        this.time = time;
        this.leave = leave;
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
        while (true)
        {
            var changed = buffer.ChangedAsync(cursor);
            if (!changed.IsCompleted)
            {
                await changed.WaitAsync(cancel);
                await Task.Delay(Gather, time, cancel);
            }

            cancel.ThrowIfCancellationRequested();
            if (buffer.Read(cursor) is { } batch)
                yield return batch;
        }
    }
}

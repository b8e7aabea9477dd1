namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Something that works until it is cancelled; disposing ends it and waits for the end.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public Running(Func<CancellationToken, Task> run) => work = Task.Run(() => run(stop.Token));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!work.IsCompleted)
            throw new TimeoutException("It did not end when it was cancelled.");
        stop.Dispose();
    }
}

using System.Collections.Concurrent;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// One <see cref="SpareExec"/> for each container in which programs were run lately: the engine takes 40 ms and more to bring a process into a container, and most of a small
/// job's time was that. Whoever finds none starts a program the ordinary way.
/// </summary>
internal sealed partial class SpareExecs(DockerConnection connection, DockerExec exec, TimeProvider time, ILogger<SpareExecs> logger) : IAsyncDisposable
{
    /// <summary>One that nobody has needed for this long goes: it takes 3 MB of the customer's memory.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Kept> spares = new(StringComparer.Ordinal);
    private volatile bool disposed;

    /// <summary>One waits in this container now.</summary>
    public bool IsReady(string container) => spares.TryGetValue(container, out var kept) && kept.Spare.IsAlive;

    /// <summary>As <see cref="DockerExec"/>; only programs of the container's own user and folder find one that waits.</summary>
    public async Task<int> RunAsync(ExecRequest request, Action<Frame> onOutput, CancellationToken cancel)
    {
        if (await TakeAsync(request, cancel) is { } spare)
        {
            await using (spare)
            {
                _ = PrepareAsync(request.Container);
                return await spare.RunAsync(onOutput, cancel);
            }
        }

        var code = await exec.RunAsync(request, onOutput, cancel);
        _ = PrepareAsync(request.Container);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        foreach (var container in spares.Keys)
            await DropAsync(container);
    }

    private async Task<SpareExec?> TakeAsync(ExecRequest request, CancellationToken cancel)
    {
        if (request.User is not null || request.WorkingFolder is not null || !spares.TryRemove(request.Container, out var kept))
            return null;

        await kept.Limit.DisposeAsync();
        if (kept.Spare.IsAlive && await kept.Spare.TryBecomeAsync(request, cancel))
            return kept.Spare;

        await kept.Spare.DisposeAsync();
        return null;
    }

    // Whatever goes wrong here costs nothing but the time that it would have saved.
    private async Task PrepareAsync(string container)
    {
        if (disposed || IsReady(container))
            return;

        try
        {
            await DropAsync(container);
            var spare = await SpareExec.StartAsync(connection, container, CancellationToken.None);
            var kept = new Kept(spare, time.CreateTimer(_ => _ = DropAsync(container), state: null, Idle, Timeout.InfiniteTimeSpan));
            if (disposed || !spares.TryAdd(container, kept))
                await kept.DisposeAsync();
        }
        catch (Exception exception) when (exception is DockerException or IOException or OperationCanceledException)
        {
            LogNone(container, exception.Message);
        }
    }

    private async Task DropAsync(string container)
    {
        if (spares.TryRemove(container, out var kept))
            await kept.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No process waits in {Container}: {Reason}")]
    private partial void LogNone(string container, string reason);

    private sealed record Kept(SpareExec Spare, ITimer Limit) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Limit.DisposeAsync();
            await Spare.DisposeAsync();
        }
    }
}

using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// A container's output over its restarts and over new containers of the same name. What was is read from its log; what comes, by `attach`, because following the log loses and
/// repeats lines when it is rotated.
/// </summary>
internal sealed class ServiceConsole(DockerEngine engine, string container, TimeProvider time) : ILogSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogLine> ReadAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel) =>
        Log(container).ReadAsync(new LogsRequest(tail, from, to), cancel);

    /// <inheritdoc/>
    public async Task FollowAsync(LogOutlet outlet, int tail, LogMark? after, CancellationToken cancel)
    {
        var run = await RunOfAsync(cancel);
        var recent = new RecentLines(after);
        await SessionAsync(outlet, run, recent, tail, cancel);
        while (true)
        {
            run = await NextRunAsync(outlet, run, cancel);

            // Of a new container everything is new; a restarted one goes on in its log.
            await SessionAsync(outlet, run, recent, LogPast.MostMissed, cancel);
        }
    }

    /// <summary>One life of the container: what is in its log, then what it writes, until it ends.</summary>
    private async Task SessionAsync(LogOutlet outlet, Run? run, RecentLines recent, int tail, CancellationToken cancel)
    {
        var begin = time.GetUtcNow();
        await using var live = run is { IsRunning: true } ? await OpenAsync(run.Container, cancel) : null;
        var log = Log(run?.Container ?? container);
        LiveStream[] streams = [new(log, isError: false, begin, time), new(log, isError: true, begin, time)];
        var isSame = recent.Container is null || recent.Container == run?.Container;
        var (history, hasGap) = await new LogPast((lines, from, to, stop) => log.ReadAsync(new LogsRequest(lines, from, to), stop)).SinceAsync(tail, isSame ? recent.Mark : null, cancel);
        if (hasGap)
            await outlet.SayAsync("more was written meanwhile than is shown here; the rest is in the history", cancel);
        await outlet.BeginAsync(history, cancel);
        recent.Add(run?.Container, history);
        foreach (var stream in streams)
            stream.Sent(history);
        if (live is null)
            return;

        while (await live.ReadAsync(cancel) is { } chunk)
        {
            var (lines, skipped) = await streams[chunk.IsError ? 1 : 0].TakeAsync(chunk, cancel);
            if (skipped > 0)
                await outlet.SkipAsync(skipped, cancel);
            await SendAsync(outlet, recent, lines, cancel);
        }

        foreach (var stream in streams)
            await SendAsync(outlet, recent, await stream.EndAsync(cancel), cancel);
    }

    private static async ValueTask SendAsync(LogOutlet outlet, RecentLines recent, List<LogLine> lines, CancellationToken cancel)
    {
        recent.Add(recent.Container, lines);
        if (lines.Count > 0)
            await outlet.WriteAsync(lines, cancel);
    }

    /// <summary>Waits until the container runs again, or another one of its name does, and says what has happened.</summary>
    private async Task<Run> NextRunAsync(LogOutlet outlet, Run? before, CancellationToken cancel)
    {
        var isSaid = false;
        while (true)
        {
            var now = await RunOfAsync(cancel);
            if (now is not null && now.Equals(before) && now.IsRunning)
            {
                // Only the stream broke.
                await Task.Delay(Look, time, cancel);
                return now;
            }

            if (now is not null && !now.IsSameLife(before))
            {
                // A short life that is over has lines too.
                await outlet.SayAsync(before is null ? "container started" : now.Container == before.Container ? "container restarted" : "container recreated", cancel);
                return now;
            }

            if (!isSaid)
            {
                isSaid = true;
                var code = now?.ExitCode.ToString(CultureInfo.InvariantCulture);
                await outlet.SayAsync(code is null ? "container is missing" : $"container stopped with code {code}", cancel);
            }

            await Task.Delay(Look, time, cancel);
        }
    }

    private ContainerLog Log(string name) => new(engine.Connection, name);

    private async Task<ContainerOutput?> OpenAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await ContainerOutput.OpenAsync(engine.Connection, id, time, cancel);
        }
        catch (DockerException)
        {
            // It ended, or was taken away, in between; the next look tells which.
            return null;
        }
    }

    private async Task<Run?> RunOfAsync(CancellationToken cancel)
    {
        try
        {
            var details = await engine.FindContainerAsync(container, cancel);
            return details is null ? null : new Run(details.Id, details.State.StartedAt, details.State.Running, details.State.ExitCode);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.Unavailable)
        {
            return null;
        }
    }

    /// <summary>One life of the container.</summary>
    private sealed record Run(string Container, string? StartedAt, bool IsRunning, int ExitCode)
    {
        public bool IsSameLife(Run? other) => other is not null && other.Container == Container && other.StartedAt == StartedAt;
    }
}

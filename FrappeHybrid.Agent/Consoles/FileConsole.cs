using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>A log file, its older ones included; followed over rotations by name (a new file under the old name) and by emptying (the same file, shorter).</summary>
/// <param name="files">The file and its older ones.</param>
/// <param name="zone">The zone of the times in it.</param>
/// <param name="clean">Takes out of a line what must not leave the server.</param>
/// <param name="time">Now.</param>
internal sealed class FileConsole(LogFiles files, TimeZoneInfo zone, Func<string, string> clean, TimeProvider time) : ILogSource
{
    private const int MostUndated = 1_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var reading = new FileReading(files);
        await foreach (var line in ReadAsync(reading, tail, from, to, cancel))
            yield return line;
    }

    /// <inheritdoc/>
    public async Task FollowAsync(LogOutlet outlet, int tail, LogMark? after, CancellationToken cancel)
    {
        FileReading? reading = null;
        FileTail? file = null;
        try
        {
            var past = new LogPast((lines, from, to, stop) =>
            {
                reading?.Dispose();
                reading = new FileReading(files);
                return ReadAsync(reading, lines, from, to, stop);
            });
            var (history, hasGap) = await past.SinceAsync(tail, after, cancel);
            file = reading?.Hand();
            if (hasGap)
                await outlet.SayAsync("more was written meanwhile than is shown here; the rest is in the history", cancel);
            await outlet.BeginAsync(history, cancel);
            if (file is null)
                await outlet.SayAsync($"{files.Name} does not exist yet", cancel);
            var times = new LineTimes(zone);
            while (true)
            {
                // Asked before the last reading: what was written before the rotation is in the old file.
                var isOld = file is not null && !files.IsCurrent(file);
                if (file is not null)
                    await CopyAsync(file, outlet, times, isOld, cancel);
                if (file is null || isOld)
                {
                    file?.Dispose();
                    file = null;
                    file = files.OpenCurrent();
                }

                if (!isOld)
                    await Task.Delay(Look, time, cancel);
            }
        }
        finally
        {
            reading?.Dispose();
            file?.Dispose();
        }
    }

    private async Task CopyAsync(FileTail file, LogOutlet outlet, LineTimes times, bool isLast, CancellationToken cancel)
    {
        if (file.RestartWhenShorter())
            await outlet.SayAsync($"{files.Name} was emptied", cancel);
        var texts = new List<string>();
        while (file.Read(texts))
        {
            await SendAsync(texts, outlet, times, cancel);
            texts.Clear();
        }

        if (isLast && file.Rest() is { } rest)
            await SendAsync([rest], outlet, times, cancel);
    }

    private async Task SendAsync(List<string> texts, LogOutlet outlet, LineTimes times, CancellationToken cancel)
    {
        if (texts.Count > 0)
            await outlet.WriteAsync([.. texts.Select(text => new LogLine(times.Take(text) ?? time.GetUtcNow(), clean(text), IsError: false))], cancel);
    }

    private async IAsyncEnumerable<LogLine> ReadAsync(FileReading reading, int? tail, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        var times = new LineTimes(zone);
        var undated = new List<string>();
        foreach (var text in reading.Lines(tail, from))
        {
            cancel.ThrowIfCancellationRequested();

            // What stands before the first time belongs to a line further up: it gets the time that comes next.
            if (times.Take(text) is not { } at)
            {
                undated.Add(text);
                if (undated.Count < MostUndated)
                    continue;
                at = DateTimeOffset.UnixEpoch;
            }
            else
            {
                undated.Add(text);
            }

            if ((from is null || at >= from) && (to is null || at <= to))
            {
                foreach (var each in undated)
                    yield return new LogLine(at, clean(each), IsError: false);
            }

            undated.Clear();
        }

        foreach (var text in undated.Where(_ => from is null))
            yield return new LogLine(DateTimeOffset.UnixEpoch, clean(text), IsError: false);
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// Between what reads lines and the connection that they leave by: pieces are joined to batches. After a quiet time a line leaves at once; after that a batch every few
/// milliseconds, of so many lines at most, so that a container that writes without end takes neither the server's processors nor the portal's. While by far most of what comes is
/// left out anyway, batches are few: nobody reads more, and the browser has its time for the page.
/// </summary>
internal sealed class LogOutlet(TimeProvider time)
{
    /// <summary>Of one batch, except the first.</summary>
    public const int MostLines = 500;

    private const int MostPieces = 64;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan FloodBatchTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>More left out in a second than can be sent.</summary>
    private const long FloodLines = 40_000;
    private static readonly TimeSpan FloodTime = TimeSpan.FromSeconds(1);

    private readonly Channel<LogBatch> pieces = Channel.CreateBounded<LogBatch>(new BoundedChannelOptions(MostPieces) { SingleReader = true });
    private readonly Lock gate = new();
    private long skipped;
    private long counted = time.GetTimestamp();
    private bool isFlood;

    /// <summary>The lines from before, whole: also when there are none, the reader waits for them.</summary>
    public async ValueTask BeginAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel)
    {
        var isOne = lines.Count <= ConsoleRoutes.MostTail;
        await pieces.Writer.WriteAsync(new LogBatch(isOne ? lines : []), cancel);
        if (!isOne)
            await WriteAsync(lines, cancel);
    }

    /// <summary>New lines; waits while the reader is behind.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel)
    {
        for (var at = 0; at < lines.Count; at += MostLines)
            await pieces.Writer.WriteAsync(new LogBatch(lines.Count <= MostLines ? lines : [.. lines.Skip(at).Take(MostLines)]), cancel);
    }

    /// <summary>Something to say.</summary>
    public ValueTask SayAsync(string notice, CancellationToken cancel) => pieces.Writer.WriteAsync(new LogBatch([], notice), cancel);

    /// <summary>So many lines are missing here.</summary>
    public ValueTask SkipAsync(long lines, CancellationToken cancel)
    {
        lock (gate)
            skipped += lines;
        return pieces.Writer.WriteAsync(new LogBatch([], Skipped: lines), cancel);
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete(Exception? failure = null) => pieces.Writer.TryComplete(failure);

    /// <summary>Batches until the end, an empty one after each quiet time.</summary>
    public async IAsyncEnumerable<LogBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var sent = 0L;
        while (true)
        {
            if (await WaitAsync(cancel) is not { } more)
            {
                yield return new LogBatch([]);
                continue;
            }

            if (!more)
                yield break;
            if (sent > 0 && (IsFlood() ? FloodBatchTime : BatchTime) - time.GetElapsedTime(sent) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, cancel);
            sent = time.GetTimestamp();
            yield return Collect();
        }
    }

    /// <summary>Whether far more came in the last full second than could be sent.</summary>
    private bool IsFlood()
    {
        lock (gate)
        {
            var passed = time.GetElapsedTime(counted);
            if (passed >= FloodTime)
                (isFlood, skipped, counted) = (skipped > FloodLines * passed.TotalSeconds, 0, time.GetTimestamp());
            return isFlood;
        }
    }

    /// <summary>True when there is something, false at the end, null after a quiet time.</summary>
    private async Task<bool?> WaitAsync(CancellationToken cancel)
    {
        var waiting = pieces.Reader.WaitToReadAsync(cancel);
        if (waiting.IsCompletedSuccessfully)
            return waiting.Result;
        try
        {
            return await waiting.AsTask().WaitAsync(Quiet, time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>What has come; what is no line begins a batch, so that its place among the lines is kept.</summary>
    private LogBatch Collect()
    {
        if (!pieces.Reader.TryRead(out var first))
            return new LogBatch([]);
        List<LogLine>? lines = null;
        while ((lines?.Count ?? first.Lines.Count) < MostLines && pieces.Reader.TryPeek(out var next) && next is { Notice: null, Skipped: 0 } && pieces.Reader.TryRead(out next))
        {
            lines ??= [.. first.Lines];
            lines.AddRange(next.Lines);
        }

        return lines is null ? first : first with { Lines = lines };
    }
}

using System.Text;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// What a step says while it works. Lines are joined into batches of at most 16 KB or 200 ms, because each batch is a row on the disk; a progress bar
/// that moves 335 times becomes a number that changes at the same pace.
/// </summary>
internal sealed partial class StepLog : IDisposable
{
    private const int LargestBatch = 16 * 1024;

    /// <summary>A program that does not stop talking must not fill the customer's disk.</summary>
    private const int LargestStep = 4 * 1024 * 1024;

    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(200);

    private readonly JobStore store;
    private readonly Guid job;
    private readonly string step;
    private readonly Redactor redactor;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly StringBuilder batch = new();
    private int batchBytes;
    private int stepBytes;
    private int? progress;
    private int storedProgress = -1;
    private bool timerRuns;

    public StepLog(JobStore store, Guid job, StepDeclaration step, Redactor redactor, TimeProvider time, ILogger logger)
    {
        this.store = store;
        this.job = job;
        this.step = step.Key;
        this.redactor = redactor;
        this.logger = logger;
        timer = time.CreateTimer(_ => OnTimer(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>One line, secrets taken out here.</summary>
    public void Line(string text)
    {
        var line = redactor.Clean(text) + "\n";
        var bytes = Encoding.UTF8.GetByteCount(line);
        lock (gate)
        {
            if (stepBytes > LargestStep)
                return;

            if (batchBytes + bytes > LargestBatch)
                Flush();

            stepBytes += bytes;
            foreach (var piece in Pieces(stepBytes > LargestStep ? "… more output than is kept\n" : line))
            {
                if (batchBytes > 0 && batchBytes + Encoding.UTF8.GetByteCount(piece) > LargestBatch)
                    Flush();

                batch.Append(piece);
                batchBytes += Encoding.UTF8.GetByteCount(piece);
            }

            StartTimer();
        }
    }

    /// <summary>What the real tool says of how far it is, 0 to 100.</summary>
    public void Progress(int percent)
    {
        lock (gate)
        {
            progress = Math.Clamp(percent, 0, 100);
            if (progress != storedProgress)
                StartTimer();
        }
    }

    /// <summary>Stores what is left.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
            Flush();
    }

    private void OnTimer()
    {
        try
        {
            lock (gate)
            {
                timerRuns = false;
                Flush();
            }
        }
        catch (Exception exception)
        {
            // A timer has nobody to tell; the step's next write meets the same fault and ends the job with it.
            LogNotStored(exception, job);
        }
    }

    private void Flush()
    {
        if (batch.Length > 0)
        {
            var text = batch.ToString();
            batch.Clear();
            batchBytes = 0;
            store.Say(job, step, text);
        }

        if (progress is { } percent && percent != storedProgress)
        {
            storedProgress = percent;
            store.Progress(job, step, percent);
        }
    }

    private void StartTimer()
    {
        if (!timerRuns)
            timerRuns = timer.Change(BatchTime, Timeout.InfiniteTimeSpan);
    }

    private static IEnumerable<string> Pieces(string line)
    {
        // Four bytes is the longest a character can be, and a pair of surrogates stays together.
        const int safe = LargestBatch / 4;
        for (var start = 0; start < line.Length;)
        {
            var length = Math.Min(safe, line.Length - start);
            if (start + length < line.Length && char.IsHighSurrogate(line[start + length - 1]))
                length--;

            yield return line.Substring(start, length);
            start += length;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Output of job {Job} could not be stored")]
    private partial void LogNotStored(Exception exception, Guid job);
}

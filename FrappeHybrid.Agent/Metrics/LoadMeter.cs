using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>
/// Reads every few seconds how busy the server is and keeps the last minutes in memory, so that whoever opens its page sees at once how it came to be so. Three
/// small reads each time; the long history belongs to the monitoring.
/// </summary>
internal sealed partial class LoadMeter(ServerFacts facts, TimeProvider time, ILogger<LoadMeter> logger) : BackgroundService
{
    /// <summary>Ten minutes of samples.</summary>
    public const int MostSamples = 120;

    /// <summary>From one sample to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<LoadSample> samples = new(MostSamples);
    private ProcessorTime before;
    private bool hasGap;

    /// <summary>The last minutes.</summary>
    public ServerLoad Read()
    {
        lock (gate)
            return new ServerLoad(Environment.ProcessorCount, ServerFacts.Memory().Total, facts.Disk().Total, (int)Interval.TotalSeconds, MostSamples, [.. samples]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        before = ServerFacts.Processors();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Take();
                hasGap = false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A disk that cannot be asked now: the picture has a gap, said once, and the Agent goes on.
                if (!hasGap)
                    LogGap(exception.Message);

                hasGap = true;
            }
        }
    }

    private void Take()
    {
        var now = ServerFacts.Processors();
        var (memory, available) = ServerFacts.Memory();
        var (disk, free) = facts.Disk();
        var sample = new LoadSample(time.GetUtcNow(), now.PercentSince(before), memory - available, disk - free);
        before = now;
        lock (gate)
        {
            if (samples.Count == MostSamples)
                samples.Dequeue();

            samples.Enqueue(sample);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server's load could not be read: {Reason}")]
    private partial void LogGap(string reason);
}

using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Servers;

/// <summary>Keeps the last figures of the disk's use and takes new ones in the background, one at a time: walking a large server takes minutes.</summary>
internal sealed partial class DiskMeter(DiskMeasure measure, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DiskMeter> logger)
{
    /// <summary>Older figures are taken anew when somebody asks.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private DiskUse? last;
    private bool isMeasuring;

    /// <summary>The last figures; new ones are begun when there are none, when they are old, or when that is asked for.</summary>
    public DiskUse Read(bool refresh)
    {
        lock (gate)
        {
            if (!isMeasuring && (refresh || last?.MeasuredAt is not { } at || time.GetUtcNow() - at > GoodFor))
            {
                isMeasuring = true;
                _ = Task.Run(MeasureAsync);
            }

            return (last ?? measure.Nothing()) with { IsMeasuring = isMeasuring };
        }
    }

    private async Task MeasureAsync()
    {
        DiskUse? measured = null;
        try
        {
            measured = await measure.RunAsync(lifetime.ApplicationStopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            measured = measure.Nothing() with { MeasuredAt = time.GetUtcNow(), Missing = ["The disk could not be measured; the Agent's log says why."] };
        }
        finally
        {
            lock (gate)
            {
                last = measured ?? last;
                isMeasuring = false;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk could not be measured")]
    private partial void LogFailed(Exception exception);
}

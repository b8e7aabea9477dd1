namespace FrappeHybrid.Agent.Jobs;

/// <summary>Takes away what is older than the retention, at start and every six hours.</summary>
internal sealed partial class JobRetention(JobStore store, int days, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                LogPruned(store.Prune(time.GetUtcNow().AddDays(-days)));
            }
            catch (Microsoft.Data.Sqlite.SqliteException exception)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} old jobs taken away")]
    private partial void LogPruned(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old jobs could not be taken away")]
    private partial void LogFailed(Exception exception);
}

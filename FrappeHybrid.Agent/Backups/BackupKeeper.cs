namespace FrappeHybrid.Agent.Backups;

/// <summary>Takes half-made backups away before any job runs, and uploads that nobody finished.</summary>
internal sealed partial class BackupKeeper(BackupStore store, TimeProvider time, ILogger<BackupKeeper> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan UploadLife = TimeSpan.FromHours(24);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Try(store.RemoveUnfinished);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Try(() => store.RemoveOldUploads(time.GetUtcNow() - UploadLife));
    }

    /// <summary>A folder that cannot be removed must not keep the Agent from working.</summary>
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is left of a backup could not be taken away")]
    private partial void LogNotRemoved(Exception exception);
}

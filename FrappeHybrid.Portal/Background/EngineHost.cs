namespace FrappeHybrid.Portal.Background;

/// <summary>Keeps one engine of Core running from start to stop. An engine handles its own troubles; should one end all the same, it is logged and begun again.</summary>
internal sealed class EngineHost<TEngine>(TEngine engine, Func<TEngine, CancellationToken, Task> run, TimeProvider time, ILogger<TEngine> logger) : BackgroundService
    where TEngine : class
{
    private static readonly TimeSpan BeginAgainAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run(engine, stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogCritical(exception, "{Engine} ended and is begun again", typeof(TEngine).Name);
            }

            await Task.Delay(BeginAgainAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

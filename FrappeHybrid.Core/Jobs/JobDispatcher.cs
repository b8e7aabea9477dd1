using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Sends jobs to their servers: one worker a server, so that a dead one delays nobody else.</summary>
public sealed class JobDispatcher(JobDelivery delivery, DispatchSignal signal, TimeProvider time, ILogger<JobDispatcher> logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var workers = new Dictionary<Guid, (DispatchSignal Wake, Task Work)>();
        try
        {
            while (true)
            {
                try
                {
                    foreach (var server in await delivery.ServersAsync(cancel))
                    {
                        if (!workers.TryGetValue(server, out var worker))
                        {
                            var wake = new DispatchSignal();
                            worker = (wake, WorkAsync(server, wake, cancel));
                            workers.Add(server, worker);
                        }

                        worker.Wake.Raise();
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.LogError(exception, "The dispatcher could not look for jobs");
                    await Task.Delay(AfterFault, time, cancel);
                    signal.Raise();
                }

                await signal.WaitAsync(cancel);
            }
        }
        finally
        {
            await Task.WhenAll(workers.Values.Select(worker => worker.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(Guid serverId, DispatchSignal wake, CancellationToken cancel)
    {
        await Task.Yield();
        while (true)
        {
            TimeSpan? wait;
            try
            {
                wait = await delivery.NextAsync(serverId, cancel);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "A job of server {Server} could not be sent", serverId);
                wait = AfterFault;
            }

            if (wait is null)
                await wake.WaitAsync(cancel);
            else if (wait > TimeSpan.Zero)
                await WaitAsync(wake, wait.Value, cancel);
        }
    }

    private async Task WaitAsync(DispatchSignal wake, TimeSpan wait, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // the time is up
        }
    }
}

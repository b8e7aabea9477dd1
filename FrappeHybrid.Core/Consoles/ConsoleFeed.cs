using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>One stream of lines, kept up by itself while anybody watches.</summary>
internal abstract class ConsoleFeed(Guid epoch, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public ConsoleBuffer Buffer { get; } = new(epoch.ToString("N"));

    /// <summary>Viewers now; the owner's lock guards it.</summary>
    public int Viewers { get; set; }

    /// <summary>Rises with each viewer, so that a planned end knows whether somebody came in between; the owner's lock guards it.</summary>
    public long Visits { get; set; }

    /// <summary>What it is of, for the log.</summary>
    protected abstract string Name { get; }

    public void Start() => _ = Task.Run(() => GuardAsync(stop.Token));

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    protected abstract Task RunAsync(CancellationToken cancel);

    private async Task GuardAsync(CancellationToken cancel)
    {
        try
        {
            await RunAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // the last viewer has left
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The console {Name} ended", Name);
            Buffer.Set(ConsoleConnection.Reconnecting, "The console has stopped because of a fault in the portal. Close it and open it again.");
        }
    }
}

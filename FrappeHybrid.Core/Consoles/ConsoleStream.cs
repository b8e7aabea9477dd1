using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>The one stream of a container from its server, kept up by itself while anybody watches.</summary>
internal sealed class ConsoleStream(Server server, BenchName bench, BenchService service, AgentClient agents, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>What a new viewer sees of the past.</summary>
    public const int MaximumLines = 2000;

    private const long MaximumCharacters = 4 * 1024 * 1024;

    private readonly CancellationTokenSource stop = new();
    private readonly Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    private DateTimeOffset? lastAt;
    private int linesAtLast;

    public ConsoleBuffer Buffer { get; } = new(MaximumLines, MaximumCharacters);

    /// <summary>Viewers now; the owner's lock guards it.</summary>
    public int Viewers { get; set; }

    /// <summary>Rises with each viewer, so that a planned end knows whether somebody came in between; the owner's lock guards it.</summary>
    public long Visits { get; set; }

    public void Start() => _ = Task.Run(() => RunAsync(stop.Token));

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var error = await FollowAsync(cancel);
                var wait = backoff.Next();
                Buffer.Set(ConsoleConnection.Reconnecting, $"{error.Message} Connecting again in {Math.Max(1, Math.Round(wait.TotalSeconds))} s.");
                await Task.Delay(wait, time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // the last viewer has left
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The console of {Bench} {Service} on {Server} ended", bench, service, server.Id);
            Buffer.Set(ConsoleConnection.Reconnecting, "The console has stopped because of a fault in the portal. Close it and open it again.");
        }
    }

    private async Task<Error> FollowAsync(CancellationToken cancel)
    {
        try
        {
            // After a break the Agent is asked from the last line on; those that we have of that very moment are taken out again.
            var (from, known) = (lastAt, linesAtLast);
            await foreach (var batch in agents.LogsAsync(server, bench, service, MaximumLines, from, cancel))
            {
                Buffer.Set(ConsoleConnection.Live, from is not null && backoff.HasFailed ? "Connected again." : null);
                backoff.Reset();
                Buffer.Add(from is null ? Remember(batch.Lines) : Remember(Unknown(batch.Lines, from.Value, ref known)), batch.Notice);
            }

            return new Error("console-ended", "The stream from the server ended.");
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    private static List<LogLine> Unknown(IReadOnlyList<LogLine> lines, DateTimeOffset from, ref int known)
    {
        var fresh = new List<LogLine>(lines.Count);
        foreach (var line in lines)
        {
            if (line.At < from)
                continue;
            if (line.At == from && known > 0)
                known--;
            else
                fresh.Add(line);
        }

        return fresh;
    }

    private IReadOnlyList<LogLine> Remember(IReadOnlyList<LogLine> lines)
    {
        foreach (var line in lines)
        {
            if (lastAt is null || line.At > lastAt)
                (lastAt, linesAtLast) = (line.At, 1);
            else if (line.At == lastAt)
                linesAtLast++;
        }

        return lines;
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>The one stream of a source from its server.</summary>
internal sealed class SourceFeed(Server server, ConsoleSource source, AgentClient agents, TimeProvider time, ILogger logger) : ConsoleFeed(NewId.At(time), logger)
{
    private readonly Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));

    protected override string Name => $"{source} on {server.Id}";

    protected override async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var error = await FollowAsync(cancel);
            var wait = backoff.Next();
            Buffer.Set(ConsoleConnection.Reconnecting, $"{error.Message} Connecting again in {Math.Max(1, Math.Round(wait.TotalSeconds))} s.");
            await Task.Delay(wait, time, cancel);
        }
    }

    private async Task<Error> FollowAsync(CancellationToken cancel)
    {
        try
        {
            // After a break the Agent is asked for what came after the last line that is here.
            await foreach (var batch in agents.ConsoleAsync(server, source, ConsoleBuffer.FirstLines, Buffer.Last, cancel))
            {
                Buffer.Set(ConsoleConnection.Live, backoff.HasFailed ? "Connected again." : null);
                backoff.Reset();
                Buffer.Add([.. batch.Lines.Select(line => new ConsoleLine(line, null))], batch.Notice, batch.Skipped);
            }

            return new Error("console-ended", "The stream from the server ended.");
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Consoles;

/// <summary>The services of a bench as one console, joined by time. It watches their streams as any viewer does: there are no others for it.</summary>
internal sealed class BenchFeed(ConsoleSource source, Func<IReadOnlyList<(BenchService Service, ConsoleSubscription Console)>> open, TimeProvider time, ILogger logger) : ConsoleFeed(NewId.At(time), logger)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly LineMerge merge = new(BenchServices.All.Count, time);

    protected override string Name => source.ToString();

    protected override async Task RunAsync(CancellationToken cancel)
    {
        var parts = open();
        try
        {
            var readers = parts.Select((part, at) => ReadAsync(at, part.Service, part.Console, cancel)).ToList();
            while (true)
            {
                await Task.Delay(Tick, time, cancel);
                foreach (var reader in readers.Where(reader => reader.IsFaulted))
                    await reader;
                Take();
            }
        }
        finally
        {
            foreach (var (_, console) in parts)
                await console.DisposeAsync();
        }
    }

    private async Task ReadAsync(int at, BenchService service, ConsoleSubscription console, CancellationToken cancel)
    {
        await foreach (var batch in console.WithCancellation(cancel))
        {
            var lines = batch.Lines.Select(line => new ConsoleLine(line.Line, service)).ToList();
            merge.Add(at, lines, batch.Notice is null ? null : $"{service.Name()}: {batch.Notice}", batch.Skipped, batch.Connection);
        }
    }

    private void Take()
    {
        if (merge.Connection is { } connection)
            Buffer.Set(connection, null);
        foreach (var (notice, skipped) in merge.TakeSaid())
            Buffer.Add([], notice, skipped);
        if (merge.TakeLines() is { } lines)
            Buffer.Add(lines, null);
    }
}

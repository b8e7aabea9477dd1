using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Consoles;

/// <summary>All lines of a time range, never all in memory. An Agent that fails in the middle is an <see cref="AgentException"/>.</summary>
public sealed class ConsoleRange : IAsyncEnumerable<ConsoleLine>
{
    private readonly AgentClient agents;
    private readonly Server server;
    private readonly IReadOnlyList<ConsoleSource> parts;
    private readonly (DateTimeOffset? From, DateTimeOffset? To) times;

    internal ConsoleRange(AgentClient agents, Server server, IReadOnlyList<ConsoleSource> parts, DateTimeOffset? from, DateTimeOffset? to) =>
        (this.agents, this.server, this.parts, times) = (agents, server, parts, (from, to));

    /// <inheritdoc/>
    public IAsyncEnumerator<ConsoleLine> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    private async IAsyncEnumerable<ConsoleLine> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var readers = parts.Select(part => LinesAsync(part, cancel).GetAsyncEnumerator(cancel)).ToList();
        try
        {
            // The earliest of all next lines, again and again.
            var next = new PriorityQueue<IAsyncEnumerator<ConsoleLine>, (DateTimeOffset, int)>();
            for (var at = 0; at < readers.Count; at++)
            {
                if (await readers[at].MoveNextAsync())
                    next.Enqueue(readers[at], (readers[at].Current.Line.At, at));
            }

            while (next.TryDequeue(out var reader, out var key))
            {
                yield return reader.Current;
                if (await reader.MoveNextAsync())
                    next.Enqueue(reader, (reader.Current.Line.At, key.Item2));
            }
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<ConsoleLine> LinesAsync(ConsoleSource part, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in agents.ConsoleRangeAsync(server, part, times.From, times.To, cancel))
        {
            foreach (var line in batch.Lines)
                yield return new ConsoleLine(line, parts.Count > 1 ? part.Service : null);
        }
    }
}

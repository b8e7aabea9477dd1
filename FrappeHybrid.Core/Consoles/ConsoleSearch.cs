using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Consoles;

/// <summary>A search on a server, in one source or in several at once. It runs while it is read, and ends when its reader leaves.</summary>
public sealed class ConsoleSearch : IAsyncEnumerable<ConsoleFindings>
{
    private readonly AgentClient agents;
    private readonly Server server;
    private readonly IReadOnlyList<ConsoleSource> parts;
    private readonly LogQuery query;

    internal ConsoleSearch(AgentClient agents, Server server, IReadOnlyList<ConsoleSource> parts, LogQuery query) =>
        (this.agents, this.server, this.parts, this.query) = (agents, server, parts, query);

    /// <inheritdoc/>
    public IAsyncEnumerator<ConsoleFindings> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    private async IAsyncEnumerable<ConsoleFindings> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var findings = Channel.CreateBounded<(int Part, LogFindings? Found, Error? Error)>(parts.Count * 2);
        Task running = Task.WhenAll(parts.Select((_, at) => RunAsync(at, findings.Writer, leave.Token))).ContinueWith(_ => findings.Writer.TryComplete(), TaskScheduler.Default);
        try
        {
            var scanned = new long[parts.Count];
            var end = LogSearchEnd.Done;
            await foreach (var (part, found, error) in findings.Reader.ReadAllAsync(cancel))
            {
                if (found is null)
                {
                    yield return new ConsoleFindings([], scanned.Sum(), Error: error);
                    yield break;
                }

                scanned[part] = found.Scanned;
                end = found.End is { } why && why > end ? why : end;
                var service = parts.Count > 1 ? parts[part].Service : null;
                yield return new ConsoleFindings([.. found.Lines.Select(line => new ConsoleLine(line, service))], scanned.Sum());
            }

            yield return new ConsoleFindings([], scanned.Sum(), end);
        }
        finally
        {
            await leave.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(int part, ChannelWriter<(int, LogFindings?, Error?)> findings, CancellationToken cancel)
    {
        try
        {
            await foreach (var found in agents.ConsoleSearchAsync(server, parts[part], query, cancel))
                await findings.WriteAsync((part, found, null), cancel);
        }
        catch (AgentException exception)
        {
            await findings.WriteAsync((part, null, exception.Error), cancel);
        }
    }
}

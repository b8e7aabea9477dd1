using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Consoles;

/// <summary>The past of a console: pages of it, a search on the server, a time range. Of a whole bench, its services' joined by time.</summary>
public sealed class ConsoleReader(ConsoleAccess access, AgentClient agents)
{
    /// <summary>The lines before a mark, or the last ones.</summary>
    public Task<Result<ConsolePage>> BeforeAsync(Actor actor, Guid serverId, ConsoleSource source, LogMark? mark, int count, CancellationToken cancel) => PageAsync(
        actor,
        serverId,
        source,
        part => ConsoleRoutes.ForLinesBefore(part, mark, Math.Clamp(count, 1, ConsoleRoutes.MostLines)),
        lines => lines.TakeLast(count),
        count,
        cancel);

    /// <summary>The lines after a mark.</summary>
    public Task<Result<ConsolePage>> AfterAsync(Actor actor, Guid serverId, ConsoleSource source, LogMark mark, int count, CancellationToken cancel) => PageAsync(
        actor,
        serverId,
        source,
        part => ConsoleRoutes.ForLinesAfter(part, mark, Math.Clamp(count, 1, ConsoleRoutes.MostLines)),
        lines => lines.Take(count),
        count,
        cancel);

    /// <summary>A search that runs on the server; it ends with its reader.</summary>
    public async Task<Result<ConsoleSearch>> SearchAsync(Actor actor, Guid serverId, ConsoleSource source, LogQuery query, CancellationToken cancel)
    {
        var found = await access.FindAsync(actor, serverId, source, cancel);
        if (!found.IsDone)
            return found.Error;
        if (!query.TryMatcher(out _))
        {
            return new Error(
                "invalid-search",
                query.IsRegex ? "This is no regular expression that can be searched for." : "There is no text to search for.",
                query.IsRegex ? "Look-around and back-references are not known; everything else is." : $"Type 1 to {LogQuery.LongestText} characters.");
        }

        return new ConsoleSearch(agents, found.Value, Parts(source), query);
    }

    /// <summary>All lines of a time range, as they come from the server.</summary>
    public async Task<Result<ConsoleRange>> RangeAsync(Actor actor, Guid serverId, ConsoleSource source, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var found = await access.FindAsync(actor, serverId, source, cancel);
        return found.IsDone ? new ConsoleRange(agents, found.Value, Parts(source), from, to) : found.Error;
    }

    private async Task<Result<ConsolePage>> PageAsync(
        Actor actor, Guid serverId, ConsoleSource source, Func<ConsoleSource, string> path, Func<IEnumerable<ConsoleLine>, IEnumerable<ConsoleLine>> cut, int count, CancellationToken cancel)
    {
        var found = await access.FindAsync(actor, serverId, source, cancel);
        if (!found.IsDone)
            return found.Error;
        try
        {
            var pages = await Task.WhenAll(Parts(source).Select(async part => (part, Page: await agents.ConsolePageAsync(found.Value, path(part), cancel))));
            var lines = pages.SelectMany(each => each.Page.Lines.Select(line => new ConsoleLine(line, source.Kind is ConsoleSourceKind.Bench ? each.part.Service : null)));
            if (pages.Length == 1)
                return new ConsolePage([.. lines], pages[0].Page.IsEnd);
            var joined = lines.OrderBy(line => line.Line.At).ToList();
            return new ConsolePage([.. cut(joined)], joined.Count <= count && Array.TrueForAll(pages, each => each.Page.IsEnd));
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>What the Agents know: a bench is its services.</summary>
    private static IReadOnlyList<ConsoleSource> Parts(ConsoleSource source) =>
        source.Kind is ConsoleSourceKind.Bench ? [.. BenchServices.All.Select(service => ConsoleSource.OfService(source.Bench!, service))] : [source];
}

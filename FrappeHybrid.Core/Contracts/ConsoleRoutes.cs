using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Contracts;

/// <summary>The Agent's paths for consoles: templates for the Agent, builders for the Portal. A source is written as <see cref="ConsoleSource"/> does.</summary>
public static class ConsoleRoutes
{
    /// <summary>The last lines and all that follow: `?tail=` or `?after=` a mark.</summary>
    public const string Stream = "/consoles/{source}/stream";

    /// <summary>Lines of the past: `?before=` or `?after=` a mark, `?count=`.</summary>
    public const string Lines = "/consoles/{source}/lines";

    /// <summary>A full-text search: see <see cref="LogQuery"/>.</summary>
    public const string Search = "/consoles/{source}/search";

    /// <summary>All lines of a time range, `?from=`, `?to=`.</summary>
    public const string Range = "/consoles/{source}/range";

    /// <summary>The most lines that a page of the past has.</summary>
    public const int MostLines = 2000;

    /// <summary>The most lines of before that a stream begins with.</summary>
    public const int MostTail = 5000;

    public static string ForStream(ConsoleSource source, int tail, LogMark? after) => FormattableString.Invariant($"/consoles/{source}/stream?tail={tail}{(after is null ? "" : $"&after={after}")}");

    public static string ForLinesBefore(ConsoleSource source, LogMark? mark, int count) => FormattableString.Invariant($"/consoles/{source}/lines?count={count}{(mark is null ? "" : $"&before={mark}")}");

    public static string ForLinesAfter(ConsoleSource source, LogMark mark, int count) => FormattableString.Invariant($"/consoles/{source}/lines?count={count}&after={mark}");

    public static string ForSearch(ConsoleSource source, LogQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"/consoles/{source}/search{query.ToQuery()}";
    }

    public static string ForRange(ConsoleSource source, DateTimeOffset? from, DateTimeOffset? to) => $"/consoles/{source}/range?{LogQuery.Range(from, to).TrimStart('&')}";
}

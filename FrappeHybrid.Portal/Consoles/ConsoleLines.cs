using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>Lines for a browser, column by column: a third of what they take one by one.</summary>
/// <param name="Texts">Neutralised: see <see cref="TerminalText"/>.</param>
/// <param name="Times">Microseconds since 1970.</param>
/// <param name="Digests">By which a line is known again: with its time it is a link to it.</param>
/// <param name="Errors">Which of them were written to standard error; null for none.</param>
/// <param name="Services">Which service wrote each, when several are joined; null otherwise.</param>
public sealed record ConsoleLines(IReadOnlyList<string> Texts, IReadOnlyList<long> Times, IReadOnlyList<uint> Digests, IReadOnlyList<int>? Errors, IReadOnlyList<string>? Services)
{
    public static ConsoleLines Of(IReadOnlyList<ConsoleLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (texts, times, digests) = (new string[lines.Count], new long[lines.Count], new uint[lines.Count]);
        List<int>? errors = null;
        string[]? services = null;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            texts[at] = line.Shown(TerminalText.Colours);
            times[at] = LogMark.ToMicroseconds(line.Line.At);
            digests[at] = line.Digest;
            if (line.Line.IsError)
                (errors ??= []).Add(at);
            if (line.Service is { } service)
                (services ??= new string[lines.Count])[at] = service.Name();
        }

        return new ConsoleLines(texts, times, digests, errors, services);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Provisioning.Ssh;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>
/// Reads the output of Scripts/run-tasks.sh. Lines for the portal begin with a mark that the server made for this run and told in the first line;
/// whatever else looks like one is plain output.
/// </summary>
internal sealed partial class TaskLines
{
    private const string Opening = "frappe-hybrid-tasks ";
    private const int LongestLine = 4000;
    private string? mark;

    /// <summary>What the line says; null when it is of no interest, such as a login script's greeting before the first line.</summary>
    public TaskEvent? Read(string line)
    {
        if (mark is null)
        {
            if (line.StartsWith(Opening, StringComparison.Ordinal) && Mark().IsMatch(line[Opening.Length..]))
                mark = line[Opening.Length..] + " ";
            return null;
        }

        if (!line.StartsWith(mark, StringComparison.Ordinal))
            return new TaskEvent.Said(CleanText.OfLine(line, LongestLine));
        var words = line[mark.Length..].Split(' ', 2);
        var rest = words.Length > 1 ? words[1] : "";
        return words[0] switch
        {
            "begin" => new TaskEvent.Begun(rest),
            "result" => ReadResult(rest),
            "fact" => ReadFact(rest),
            "error" => ReadError(rest),
            "end" => ReadEnd(rest),
            "busy" => new TaskEvent.Busy(),
            "done" => new TaskEvent.Finished(),
            _ => null,
        };
    }

    private static TaskEvent.Result ReadResult(string rest)
    {
        var parts = rest.Split(' ', 2);
        return new TaskEvent.Result(parts[0] is "changed=yes", parts.Length > 1 ? CleanText.OfLine(parts[1], 500) : "");
    }

    private static TaskEvent.Fact? ReadFact(string rest)
    {
        var at = rest.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? new TaskEvent.Fact(rest[..at], CleanText.OfLine(rest[(at + 1)..], 500)) : null;
    }

    private static TaskEvent.Refused ReadError(string rest)
    {
        var parts = rest.Split('\t');
        var code = Code().IsMatch(parts[0]) ? parts[0] : "task-failed";
        return new TaskEvent.Refused(code, parts.Length > 1 ? CleanText.OfLine(parts[1], 500) : "", parts.Length > 2 ? CleanText.OfLine(parts[2], 1000) : "");
    }

    private static TaskEvent.Ended? ReadEnd(string rest)
    {
        var parts = rest.Split(' ');
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? new TaskEvent.Ended(parts[0], status) : null;
    }

    [GeneratedRegex(@"\A::[0-9a-f-]{36}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,60}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}

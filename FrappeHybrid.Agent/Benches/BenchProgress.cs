using System.Globalization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Agent.Benches;

/// <summary>bench's progress bar: "Updating DocTypes for frappe        : [====    ] 42%", drawn again and again from the start of the line.</summary>
internal static partial class BenchProgress
{
    /// <summary>How far it is; false for any other line.</summary>
    public static bool TryParse(string line, out int percent)
    {
        var match = Frame().Match(line);
        percent = match.Success ? Math.Min(100, int.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture)) : 0;
        return match.Success;
    }

    [GeneratedRegex(@"\A\s*Updating .{1,80}?\s*: \[[=\s]*\] (?<percent>\d{1,3})%\s*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Frame();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// `bench restore` prints the statement that MariaDB refused, with all of its rows, as one line of up to a megabyte (seen: 0.5 to 0.9 MB): that is the
/// customer's data, which belongs in no log of a job. What the programs said of it stays.
/// </summary>
internal static partial class LongLine
{
    private const int Longest = 4096;

    /// <summary>The line, or what a reason can be in it.</summary>
    public static string Shorten(string line)
    {
        if (line.Length <= Longest)
            return line;

        var reasons = Reason().Matches(line).Select(match => match.Value).Distinct().Take(5).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"[{line.Length} characters are not shown: data of the site] {string.Join("; ", reasons)}");
    }

    [GeneratedRegex(@"ERROR \d{4} \([0-9A-Z]{5}\)(?: at line \d+)?: [^\\']{0,200}|gzip: [^\\']{0,200}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}

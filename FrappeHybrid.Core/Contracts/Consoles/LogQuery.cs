using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>What is searched for in a source, and in which time.</summary>
/// <param name="Text">A text, upper and lower case alike, or a regular expression.</param>
/// <param name="IsRegex">Which of them.</param>
/// <param name="From">Lines from then on; null for the beginning.</param>
/// <param name="To">Lines until then; null for the newest.</param>
public sealed record LogQuery(string Text, bool IsRegex, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>A longer text finds nothing that a shorter one does not.</summary>
    public const int LongestText = 500;

    /// <summary>What decides whether a line matches; false when the regular expression is none, or one that could take for ever.</summary>
    public bool TryMatcher([NotNullWhen(true)] out Func<string, bool>? matches)
    {
        matches = null;
        if (Text.Length is 0 or > LongestText)
            return false;
        if (!IsRegex)
        {
            matches = line => line.Contains(Text, StringComparison.OrdinalIgnoreCase);
            return true;
        }

        try
        {
            // Without backtracking: its time grows with the line and with nothing else, whatever somebody writes.
            var regex = new Regex(Text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            matches = regex.IsMatch;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>As the query of an address.</summary>
    public string ToQuery() => $"?text={Uri.EscapeDataString(Text)}&regex={(IsRegex ? "true" : "false")}{Range(From, To)}";

    /// <summary>A time range as the rest of a query.</summary>
    public static string Range(DateTimeOffset? from, DateTimeOffset? to) => Time("from", from) + Time("to", to);

    private static string Time(string name, DateTimeOffset? at) => at is { } time ? $"&{name}={Uri.EscapeDataString(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))}" : "";
}

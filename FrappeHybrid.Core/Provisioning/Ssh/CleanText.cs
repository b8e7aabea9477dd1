using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>
/// Makes text from a server fit to be kept and shown: plain text, nothing else. Escape sequences (colours too: a play's output is read, not played),
/// control characters, and the invisible ones that turn a line's direction around are taken out.
/// </summary>
public static partial class CleanText
{
    /// <summary>One line: no line ends, at most so many characters.</summary>
    public static string OfLine(string text, int limit) => Of(text, limit, keepLines: false).Trim();

    /// <summary>Lines: line ends and tabs stay.</summary>
    public static string OfBlock(string text, int limit) => Of(text, limit, keepLines: true).Trim('\n');

    private static string Of(string text, int limit, bool keepLines)
    {
        var bounded = text.Length > limit * 4 ? text[..(limit * 4)] : text;
        var clean = new StringBuilder(Math.Min(bounded.Length, limit));
        foreach (var rune in EscapeSequence().Replace(bounded.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), "").EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > limit)
                break;
            if (rune.Value is '\n' or '\t')
                clean.Append(keepLines ? (char)rune.Value : ' ');
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse))
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeSequence();
}

using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Mail;

/// <summary>What the server answered.</summary>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int LongestText = 300;
    private const int Piece = 8;

    public bool IsDone => Code is >= 200 and < 300;

    public bool IsFinal => Code is >= 500 and < 600;

    /// <summary>For the operator: one line, without anything of the letter. A server may repeat the very link that it does not like.</summary>
    public string Describe(string letterText)
    {
        var said = string.Join(' ', Lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        var clean = LongWord().Replace(
            new string([.. said.Select(each => char.IsControl(each) ? ' ' : each)]),
            word => (word.Length >= 16 || word.Value.Any(char.IsAsciiDigit)) && IsFrom(letterText, word.Value) ? "..." : word.Value);
        return $"{Code} {(clean.Length > LongestText ? clean[..LongestText] + "..." : clean)}".TrimEnd();
    }

    // By pieces: on its way the letter was encoded, so that a word may have grown at an end or be cut in two.
    private static bool IsFrom(string letterText, string word)
    {
        var length = Math.Min(Piece, word.Length);
        return Enumerable.Range(0, word.Length - length + 1).Any(start => letterText.Contains(word.Substring(start, length), StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("[A-Za-z0-9_-]{6,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongWord();
}

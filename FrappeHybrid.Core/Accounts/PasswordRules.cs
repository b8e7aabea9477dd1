using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Accounts;

/// <summary>
/// What a password must be: long, and nothing that is guessed first. Its strength is its length after everything guessable was counted as one character: common
/// passwords and words (also written P@ssw0rd), rows of the keyboard, sequences, years, repetitions, and the user's own name and address.
/// </summary>
public static class PasswordRules
{
    /// <summary>At least so many characters.</summary>
    public const int Shortest = 12;

    /// <summary>At most so many: hashing a novel is work for us alone.</summary>
    public const int Longest = 200;

    // "summer winter dragon monkey" has seven: four words and three spaces. Fewer than that is found within hours.
    private const int Enough = 7;
    private const int ShortestRun = 3;

    private static readonly string[] Rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "!@#$%^&*()", "!\"§$%&/()="];
    private static readonly string[] AllRows = [.. Rows, .. Rows.Select(row => new string([.. row.Reverse()]))];

    /// <summary>Why the password is refused; null when it is good.</summary>
    public static Error? Problem(string? password, string? email, string? name)
    {
        if (password is null || password.Length < Shortest)
            return new Error("password-short", $"Use at least {Shortest} characters.", "A few unrelated words are easy to keep in mind.");
        if (password.Length > Longest)
            return new Error("password-long", $"Use at most {Longest} characters.");
        var own = OwnWords(email, name);
        if (Strength(password, own) >= Enough)
            return null;
        return Strength(password, []) >= Enough
            ? new Error("password-own", "Your name or address is guessed first.", "Take a few words that have nothing to do with you.")
            : new Error("password-common", "This password is one of those that are guessed first.", "Take a few unrelated words, or let a password manager make one.");
    }

    /// <summary>Its length when everything guessable counts as one character.</summary>
    public static int Strength(string password, IReadOnlyCollection<string> own)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(own);
        var lower = password.ToLowerInvariant();
        var plain = Plain(lower);
        var strength = 0;
        for (var at = 0; at < lower.Length; strength++)
            at += Math.Max(1, new[] { Word(lower, at, own), Word(plain, at, own), Run(lower, at), Again(lower, at), Year(lower, at) }.Max());
        return strength;
    }

    // Each of these says how many characters from there are one guess.
    private static int Word(string text, int at, IReadOnlyCollection<string> own)
    {
        for (var length = Math.Min(CommonPasswords.LongestWord, text.Length - at); length >= CommonPasswords.ShortestWord; length--)
        {
            if (CommonPasswords.Contains(text.AsSpan(at, length)))
                return length;
        }

        return own.Where(word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0).Select(word => word.Length).DefaultIfEmpty(0).Max();
    }

    private static int Run(string text, int at)
    {
        var longest = 0;
        foreach (var row in AllRows)
        {
            for (var start = row.IndexOf(text[at], StringComparison.Ordinal); start >= 0; start = row.IndexOf(text[at], start + 1))
            {
                var length = 0;
                while (at + length < text.Length && start + length < row.Length && text[at + length] == row[start + length])
                    length++;
                longest = Math.Max(longest, length);
            }
        }

        return longest >= ShortestRun ? longest : 0;
    }

    // What stood there before, however long: "abcabcabcabc", "aaaaaaaaaaaa".
    private static int Again(string text, int at)
    {
        var longest = 0;
        for (var before = 0; before < at; before++)
        {
            var length = 0;
            while (at + length < text.Length && text[before + length] == text[at + length])
                length++;
            longest = Math.Max(longest, length);
        }

        return longest >= 2 ? longest : 0;
    }

    private static int Year(string text, int at) =>
        at + 4 <= text.Length && (text.AsSpan(at).StartsWith("19", StringComparison.Ordinal) || text.AsSpan(at).StartsWith("20", StringComparison.Ordinal)) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) ? 4 : 0;

    // "p@ssw0rd" as it is meant.
    private static string Plain(string lower) => string.Create(lower.Length, lower, (span, text) =>
    {
        for (var at = 0; at < span.Length; at++)
        {
            span[at] = text[at] switch
            {
                '0' => 'o',
                '1' or '!' or '|' => 'i',
                '3' or '€' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' or '+' => 't',
                '8' => 'b',
                _ => text[at],
            };
        }
    });

    private static List<string> OwnWords(string? email, string? name)
    {
        var lower = (email ?? "").ToLowerInvariant();
        string[] parts = [lower, .. lower.Split('@', '.', '-', '_', '+'), .. (name ?? "").ToLowerInvariant().Split(' ', '-'), (name ?? "").ToLowerInvariant(), (name ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), lower.Split('@')[0]];
        return [.. parts.Where(part => part.Length >= 3).Distinct(StringComparer.Ordinal)];
    }
}

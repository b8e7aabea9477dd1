namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>How well a few letters fit a name: all letters in their order, the better the more of them begin words or follow each other.</summary>
public static class PaletteMatch
{
    private const int Beginning = 12;
    private const int WordStart = 8;
    private const int Neighbour = 6;
    private const int Letter = 1;

    /// <summary>Null when they do not fit; otherwise higher is better. Nothing typed fits everything.</summary>
    public static int? Score(string typed, string text)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(text);
        var total = 0;
        foreach (var word in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ScoreWord(word, text) is not { } score)
                return null;
            total += score;
        }

        // Of two names that fit equally well, the shorter is meant.
        return total * 100 - Math.Min(text.Length, 99);
    }

    private static int? ScoreWord(string word, string text)
    {
        // The whole word somewhere is always better than its letters spread out.
        var whole = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        int? best = null;
        while (whole >= 0)
        {
            var score = word.Length * (Letter + Neighbour) + (whole == 0 ? Beginning : IsWordStart(text, whole) ? WordStart : 0);
            best = Math.Max(best ?? 0, score);
            whole = text.IndexOf(word, whole + 1, StringComparison.OrdinalIgnoreCase);
        }

        return best ?? ScoreLetters(word, text, prefersStarts: true) ?? ScoreLetters(word, text, prefersStarts: false);
    }

    // From the left. A letter at the beginning of a later word is preferred to one inside this word, unless the letters after it are then missing.
    private static int? ScoreLetters(string word, string text, bool prefersStarts)
    {
        var (score, last) = (0, -1);
        foreach (var letter in word)
        {
            var at = Next(text, letter, last + 1);
            if (at < 0)
                return null;
            var isNeighbour = last >= 0 && at == last + 1;
            var start = isNeighbour || !prefersStarts ? -1 : NextStart(text, letter, at);
            if (start >= 0)
                at = start;
            score += Letter + (isNeighbour ? Neighbour : 0) + (at == 0 ? Beginning : IsWordStart(text, at) ? WordStart : 0);
            last = at;
        }

        return score;
    }

    private static int Next(string text, char letter, int from)
    {
        for (var index = from; index < text.Length; index++)
        {
            if (char.ToUpperInvariant(text[index]) == char.ToUpperInvariant(letter))
                return index;
        }

        return -1;
    }

    private static int NextStart(string text, char letter, int from)
    {
        for (var index = from; index < text.Length; index++)
        {
            if (IsWordStart(text, index) && char.ToUpperInvariant(text[index]) == char.ToUpperInvariant(letter))
                return index;
        }

        return -1;
    }

    private static bool IsWordStart(string text, int at) => at == 0 || (!char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at])) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
}

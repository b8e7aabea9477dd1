using System.Buffers;
using System.Text;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>
/// What containers and servers print is hostile: an escape sequence could set the window's title, write to the clipboard (OSC 52), draw a false link (OSC 8)
/// or move the cursor over lines already printed. Only colours (SGR) pass to a terminal; nothing passes to a plain viewer.
/// </summary>
public static class TerminalText
{
    private const char Escape = '\u001b';
    private static readonly SearchValues<char> ColourParameters = SearchValues.Create("0123456789;:");

    /// <summary>For a terminal: the text with its colours and tabs, closed by a reset when it had any colour; everything else that a terminal would obey is gone.</summary>
    public static string Colours(string text) => Clean(text, keepsColours: true, keepsLines: false);

    /// <summary>For a plain viewer: no escape sequence at all; line ends, carriage returns and tabs stay.</summary>
    public static string Plain(string text) => Clean(text, keepsColours: false, keepsLines: true);

    private static string Clean(string text, bool keepsColours, bool keepsLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length);
        var hasColour = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is Escape)
                at = SkipEscape(text, at, clean, keepsColours, ref hasColour);
            else if (character is '\u009b')
                at = SkipControl(text, at + 1).End;
            else if (character is '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f')
                at = SkipString(text, at + 1);
            else if (character is '\t' || (keepsLines && character is '\n' or '\r') || !(char.IsControl(character) || IsDirection(character)))
                clean.Append(character);
        }

        if (hasColour)
            clean.Append(Escape).Append("[0m");
        return clean.ToString();
    }

    // Returns the index of the sequence's last character.
    private static int SkipEscape(string text, int at, StringBuilder clean, bool keepsColours, ref bool hasColour)
    {
        if (at + 1 >= text.Length)
            return at;
        switch (text[at + 1])
        {
            case '[':
                var (end, isColour) = SkipControl(text, at + 2);
                if (isColour && keepsColours)
                {
                    clean.Append(text, at, end - at + 1);
                    hasColour = true;
                }

                return end;
            case ']' or 'P' or 'X' or '^' or '_':
                return SkipString(text, at + 2);
            case >= ' ' and <= '/':
                // An escape with intermediates, e.g. a change of the character set: "ESC ( 0".
                var last = at + 1;
                while (last < text.Length && text[last] is >= ' ' and <= '/')
                    last++;
                return Math.Min(last, text.Length - 1);
            default:
                return at + 1;
        }
    }

    // A control sequence: parameters 0x30-0x3f, intermediates 0x20-0x2f, a final byte 0x40-0x7e. Colours are digits, ";" and ":" with the final "m".
    private static (int End, bool IsColour) SkipControl(string text, int at)
    {
        var start = at;
        while (at < text.Length && text[at] is >= ' ' and <= '?')
            at++;
        if (at >= text.Length)
            return (text.Length - 1, false);
        if (text[at] is < '@' or > '~')
            return (at - 1, false);
        var parameters = text.AsSpan(start, at - start);
        return (at, text[at] is 'm' && parameters.Length <= 64 && parameters.IndexOfAnyExcept(ColourParameters) < 0);
    }

    // A string for the terminal (title, clipboard, link): up to BEL or ST, or to the end when it is not closed.
    private static int SkipString(string text, int at)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] is '\u0007' or '\u009c')
                return at;
            if (text[at] is Escape && at + 1 < text.Length && text[at + 1] is '\\')
                return at + 1;
        }

        return text.Length - 1;
    }

    // Marks that turn the direction of writing make a line read as something else than it is.
    private static bool IsDirection(char character) => character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';
}

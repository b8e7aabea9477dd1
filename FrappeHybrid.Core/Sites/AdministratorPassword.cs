using System.Globalization;
using System.Text;

namespace FrappeHybrid.Core.Sites;

/// <summary>The check of a new site's Administrator password. `bench` reads it as one line from standard input, so that a line end inside would be two answers.</summary>
public static class AdministratorPassword
{
    /// <summary>What a user is told when it does not pass.</summary>
    public const string Rule = "The Administrator password has 8 to 128 printable characters.";

    /// <summary>Whether it passes.</summary>
    public static bool IsValid(string? password) => password is { Length: >= 8 and <= 128 } && password.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

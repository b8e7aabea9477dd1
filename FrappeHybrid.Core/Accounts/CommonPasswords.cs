namespace FrappeHybrid.Core.Accounts;

/// <summary>
/// The list of what is guessed first (common-passwords.txt beside this file, embedded). We wrote it down ourselves, by hand: the passwords of eight and more characters that lead the
/// published yearly "most common passwords" tables, and the words that most common passwords are made of. What differs from them by digits, case, P@ssw0rd spelling,
/// rows of keys or repetition is <see cref="PasswordRules"/>' work and need not stand in the list.
/// </summary>
internal static class CommonPasswords
{
    public const int ShortestWord = 4;
    private static readonly HashSet<string> Words = Read();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static int Count => Words.Count;

    public static int LongestWord { get; } = Words.Max(word => word.Length);

    /// <summary>Whether it is one of them, in lower case.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);

    private static HashSet<string> Read()
    {
        using var resource = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt") ?? throw new InvalidOperationException("The list of common passwords is not in the program.");
        using var reader = new StreamReader(resource);
        return [.. reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestWord)];
    }
}

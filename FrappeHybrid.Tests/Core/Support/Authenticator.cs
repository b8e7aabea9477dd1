using FrappeHybrid.Core.Accounts;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>The app on a user's phone: knows only the key that the page shows.</summary>
internal static class Authenticator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Code(string key, DateTimeOffset now)
    {
        var bits = string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(character => Convert.ToString(Alphabet.IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return Totp.CodeAt([.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))], now);
    }
}

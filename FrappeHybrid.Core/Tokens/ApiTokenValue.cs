using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FrappeHybrid.Core.Tokens;

/// <summary>The value of a token: "fh_" and 32 random bytes in base64url. It is shown once; the portal keeps its hash.</summary>
public static class ApiTokenValue
{
    /// <summary>How each begins, so that programs that look for lost secrets know one.</summary>
    public const string Beginning = "fh_";

    /// <summary>Characters of a value.</summary>
    public const int Length = 46;

    private const int Bytes = 32;
    private const int Shown = 11;

    /// <summary>A new one.</summary>
    public static string Make() => Beginning + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether it has the form of one; says nothing about whether it works.</summary>
    public static bool HasForm(string? text) => text is { Length: Length } && text.StartsWith(Beginning, StringComparison.Ordinal) && text.All(char.IsAscii) && Base64Url.IsValid(text.AsSpan(Beginning.Length));

    /// <summary>SHA-256, hex. The value has 256 random bits: no salt and no slow hash is needed.</summary>
    public static string HashOf(string value) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(value)));

    /// <summary>What may be shown of it.</summary>
    public static string PrefixOf(string value) => value[..Shown];
}

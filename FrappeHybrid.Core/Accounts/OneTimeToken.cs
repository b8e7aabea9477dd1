using System.Security.Cryptography;
using System.Text;

namespace FrappeHybrid.Core.Accounts;

/// <summary>A secret of 32 random bytes for a link or a cookie. Only its hash is stored, so that whoever reads the file can do nothing with it.</summary>
public static class OneTimeToken
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 64;

    /// <summary>A new one, hex; it is shown once and stored nowhere.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>Its SHA-256, hex: what is stored, and what is looked for, so that the time of a look-up tells nothing about the token.</summary>
    public static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

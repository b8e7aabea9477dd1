using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Keys;

/// <summary>The portal's key, closed with a passphrase: PBKDF2-SHA256 makes a key of it, which seals the other (AES-256-GCM).</summary>
/// <param name="Iterations">Of PBKDF2.</param>
/// <param name="Salt">Random.</param>
/// <param name="Sealed">The key.</param>
internal sealed record SealedKey(int Iterations, byte[] Salt, byte[] Sealed)
{
    private const int OurIterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltSize = 16;
    private const string Purpose = "portal-key-by-passphrase";

    /// <summary>Takes about half a second on purpose.</summary>
    public static byte[] Close(PortalKey key, string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var made = new SealedKey(OurIterations, salt, KeyOf(passphrase, salt, OurIterations).Seal(Purpose, key.Bytes));
        return JsonSerializer.SerializeToUtf8Bytes(made, SealedKeyJson.Default.SealedKey);
    }

    /// <summary>The key; "passphrase-wrong", or "sealed-key-damaged".</summary>
    public static Result<PortalKey> Open(ReadOnlySpan<byte> json, string passphrase)
    {
        var damaged = new Error("sealed-key-damaged", "The key in the backup was damaged.", "Use the key file instead: --key-file.");
        try
        {
            // What was made with fewer rounds is not ours; more would let a foreign file keep the machine busy.
            if (JsonSerializer.Deserialize(json, SealedKeyJson.Default.SealedKey) is not { Iterations: >= OurIterations and <= MostIterations, Salt.Length: >= SaltSize and <= 64, Sealed: not null } read)
                return damaged;
            return PortalKey.Of(KeyOf(passphrase, read.Salt, read.Iterations).Open(Purpose, read.Sealed));
        }
        catch (CryptographicException)
        {
            return new Error("passphrase-wrong", "The passphrase does not open the key in the backup.", "Check it, mind the end of the line; or use the key file instead: --key-file.");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            return damaged;
        }
    }

    private static PortalKey KeyOf(string passphrase, byte[] salt, int iterations) =>
        PortalKey.Of(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, iterations, HashAlgorithmName.SHA256, PortalKey.Size));
}

/// <summary>JSON of <see cref="SealedKey"/>.</summary>
[JsonSerializable(typeof(SealedKey))]
internal sealed partial class SealedKeyJson : JsonSerializerContext;

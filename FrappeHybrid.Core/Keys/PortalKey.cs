using System.Security.Cryptography;
using System.Text;

namespace FrappeHybrid.Core.Keys;

/// <summary>
/// The 32 bytes that open the key ring, and with it every secret of the portal. They come from the key file and are kept in memory only; nothing prints them.
/// What is sealed for one purpose opens for no other (AES-256-GCM, the purpose is authenticated).
/// </summary>
public sealed class PortalKey
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] bytes;

    private PortalKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>A new random key.</summary>
    public static PortalKey Generate() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>The key of <see cref="Size"/> bytes; throws an ArgumentException when there are more or fewer.</summary>
    public static PortalKey Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new(bytes.ToArray()) : throw new ArgumentException($"A key has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Whether both are the same key; takes the same time whatever they hold.</summary>
    public bool IsSameAs(PortalKey other) => CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <summary>The text, encrypted for the purpose: format, nonce, tag, text.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> text)
    {
        var made = new byte[1 + NonceSize + TagSize + text.Length];
        made[0] = Format;
        var nonce = made.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(bytes, TagSize);
        cipher.Encrypt(nonce, text, made.AsSpan(1 + NonceSize + TagSize), made.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return made;
    }

    /// <summary>What was sealed; throws a CryptographicException when the key or the purpose is another, or a byte was changed.</summary>
    public byte[] Open(string purpose, ReadOnlySpan<byte> made)
    {
        if (made.Length < 1 + NonceSize + TagSize || made[0] != Format)
            throw new CryptographicException("This was not sealed with a portal's key.");
        var text = new byte[made.Length - 1 - NonceSize - TagSize];
        using var cipher = new AesGcm(bytes, TagSize);
        cipher.Decrypt(made.Slice(1, NonceSize), made[(1 + NonceSize + TagSize)..], made.Slice(1 + NonceSize, TagSize), text, Encoding.UTF8.GetBytes(purpose));
        return text;
    }

    /// <summary>The bytes themselves, for the key file and for sealing with a passphrase.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;
}

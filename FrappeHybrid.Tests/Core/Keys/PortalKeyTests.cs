using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Keys;
using Xunit;

namespace FrappeHybrid.Tests.Core.Keys;

/// <summary>The portal's key, and how a passphrase closes it.</summary>
public sealed class PortalKeyTests
{
    private const string Passphrase = "a passphrase of some length";
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("what is to be kept");

    [Fact]
    public void Sealed_OpensForItsPurposeAndItsKeyOnly()
    {
        var key = PortalKey.Generate();
        var made = key.Seal("one", Text);
        Assert.Equal(Text, key.Open("one", made));
        Assert.NotEqual(made, key.Seal("one", Text));
        Assert.ThrowsAny<CryptographicException>(() => key.Open("two", made));
        Assert.ThrowsAny<CryptographicException>(() => PortalKey.Generate().Open("one", made));
    }

    [Fact]
    public void Sealed_WithAnyByteChangedOrCutOff_DoesNotOpen()
    {
        var key = PortalKey.Generate();
        var made = key.Seal("one", Text);
        for (var at = 0; at < made.Length; at++)
        {
            var changed = made.ToArray();
            changed[at] ^= 1;
            var length = at;
            Assert.ThrowsAny<CryptographicException>(() => key.Open("one", changed));
            Assert.ThrowsAny<CryptographicException>(() => key.Open("one", made.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Passphrase_OpensWhatItClosed()
    {
        var key = PortalKey.Generate();
        var json = SealedKey.Close(key, Passphrase);
        Assert.True(SealedKey.Open(json, Passphrase).Value.IsSameAs(key));
        Assert.Equal("passphrase-wrong", SealedKey.Open(json, Passphrase + " ").Error?.Code);
        Assert.DoesNotContain(Passphrase, Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("600000", "599999")]
    [InlineData("600000", "1")]
    [InlineData("600000", "2000000000")]
    [InlineData("{", "")]
    public void Passphrase_WeakerOrEndlessRounds_AreNotTried(string old, string fresh)
    {
        var json = Encoding.UTF8.GetString(SealedKey.Close(PortalKey.Generate(), Passphrase)).Replace(old, fresh, StringComparison.Ordinal);
        Assert.Equal("sealed-key-damaged", SealedKey.Open(Encoding.UTF8.GetBytes(json), Passphrase).Error?.Code);
    }
}

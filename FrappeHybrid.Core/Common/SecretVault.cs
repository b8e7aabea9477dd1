using Microsoft.AspNetCore.DataProtection;

namespace FrappeHybrid.Core.Common;

/// <summary>Encrypts the portal's secrets at rest (ASP.NET Data Protection; the key ring has its own folder). A text protected for one purpose opens for no other.</summary>
public sealed class SecretVault(IDataProtectionProvider provider)
{
    /// <summary>The text, encrypted for the purpose, e.g. "server-ssh-key".</summary>
    public string Protect(string purpose, string secret) => provider.CreateProtector($"FrappeHybrid.{purpose}").Protect(secret);

    /// <summary>The plain text; throws a CryptographicException when the key ring or the purpose is another.</summary>
    public string Open(string purpose, string protectedText) => provider.CreateProtector($"FrappeHybrid.{purpose}").Unprotect(protectedText);
}

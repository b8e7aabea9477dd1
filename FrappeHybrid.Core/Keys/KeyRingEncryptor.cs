using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace FrappeHybrid.Core.Keys;

/// <summary>Encrypts the keys of the ring with the portal's key, before Data Protection writes them to disk.</summary>
internal sealed class KeyRingEncryptor(PortalKeyRing ring) : IXmlEncryptor
{
    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(KeyRingXml.Close(plaintextElement, ring.Key), typeof(KeyRingDecryptor));
}

using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Keys;

/// <summary>Opens the keys of the ring. Data Protection makes it from the name in the ring's files, so that name and constructor have to stay.</summary>
public sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) => KeyRingXml.Open(encryptedElement, services.GetRequiredService<PortalKeyRing>().Key);
}

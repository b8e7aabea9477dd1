using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace FrappeHybrid.Core.Keys;

/// <summary>The files of the ring as Data Protection writes them: what is secret in them, closed and opened with the portal's key.</summary>
internal static class KeyRingXml
{
    private const string Purpose = "key-ring";
    private static readonly XNamespace Names = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Secret = Names + "encryptedSecret";

    /// <summary>The element, encrypted.</summary>
    public static XElement Close(XElement open, PortalKey key) => new(
        "encryptedKey",
        new XComment(" Opened by the key file, which is kept apart. "),
        new XElement("value", Convert.ToBase64String(key.Seal(Purpose, Encoding.UTF8.GetBytes(open.ToString(SaveOptions.DisableFormatting))))));

    /// <summary>The element again; throws a CryptographicException when the key is another.</summary>
    public static XElement Open(XElement closed, PortalKey key)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(key.Open(Purpose, Convert.FromBase64String(closed.Element("value")?.Value ?? ""))));
        }
        catch (Exception problem) when (problem is FormatException or XmlException)
        {
            throw new CryptographicException("This is no key of the ring.", problem);
        }
    }

    /// <summary>A file of the ring; throws an XmlException when it is none. It may come from outside: no definitions, no entities.</summary>
    public static XElement Parse(Stream file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }

    /// <summary>The parts that lie open and must not: as a portal without a key file wrote them.</summary>
    public static List<XElement> OpenParts(XElement file) =>
        [.. file.DescendantsAndSelf().Where(each => (bool?)each.Attribute(Names + "requiresEncryption") == true || each.Name.LocalName == "masterKey")];

    /// <summary>Closes the parts that lie open.</summary>
    public static void CloseParts(XElement file, PortalKey key)
    {
        foreach (var part in OpenParts(file))
            part.ReplaceWith(new XElement(Secret, new XAttribute("decryptorType", typeof(KeyRingDecryptor).AssemblyQualifiedName!), Close(part, key)));
    }

    /// <summary>Whether it has parts that are closed.</summary>
    public static bool HasClosedParts(XElement file) => file.Descendants(Secret).Any();

    /// <summary>Whether all that is closed was closed by us and opens with the key.</summary>
    public static bool Opens(XElement file, PortalKey key)
    {
        try
        {
            foreach (var part in file.Descendants(Secret))
            {
                if (part.Attribute("decryptorType")?.Value.StartsWith(typeof(KeyRingDecryptor).FullName + ",", StringComparison.Ordinal) != true || part.Elements().FirstOrDefault() is not { } closed)
                    return false;
                Open(closed, key);
            }

            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

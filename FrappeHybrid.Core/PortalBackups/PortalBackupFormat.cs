using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Keys;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>How a backup of the portal looks: a zip file with exactly these names, each of them listed in the manifest, which the portal's key has sealed.</summary>
internal static partial class PortalBackupFormat
{
    public const string Name = "frappe-hybrid-portal-backup";
    public const int Version = 1;
    public const string Manifest = "manifest.json";
    public const string Seal = "manifest.seal";
    public const string SealPurpose = "portal-backup-manifest";
    public const string Database = "portal.db";
    public const string Certificate = "portal-certificate.protected";
    public const string Key = "key.sealed";
    public const string KeyRing = "keys";
    public const string KeyRingCheck = KeyRing + "/" + KeyRingFolder.CheckName;

    /// <summary>Above this it is no portal's backup.</summary>
    public const int MostMembers = 1000;
    public const int MostSmallBytes = 1 << 20;
    public const long MostBytes = 256L << 30;

    /// <summary>Shorter ones are found by trying.</summary>
    public const int ShortestPassphrase = 12;
    public const int LongestPassphrase = 1024;

    /// <summary>The only names there are: no way leads out of the folder, and nothing that is not ours comes in.</summary>
    public static bool IsMember(string name) => name is Database or Certificate or Key or KeyRingCheck || KeyRingFile().IsMatch(name);

    /// <summary>Everything but the database is small.</summary>
    public static long MostBytesOf(string name) => name == Database ? MostBytes : MostSmallBytes;

    [GeneratedRegex(@"\Akeys/[a-z0-9-]{1,80}\.xml\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyRingFile();
}

/// <summary>JSON of <see cref="PortalBackupManifest"/>.</summary>
[JsonSerializable(typeof(PortalBackupManifest))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class PortalBackupJson : JsonSerializerContext;

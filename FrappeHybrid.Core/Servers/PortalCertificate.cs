using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Servers;

/// <summary>The portal's own client certificate, by which Agents know it. Made once; kept encrypted in the data folder.</summary>
public sealed class PortalCertificate(CoreOptions options, SecretVault vault, TimeProvider time)
{
    internal const string VaultPurpose = "portal-client-certificate";
    private readonly Lock gate = new();
    private X509Certificate2? certificate;

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Value
    {
        get
        {
            lock (gate)
                return certificate ??= Open() ?? Make();
        }
    }

    /// <summary>SHA-256 of the certificate (hex, upper case), which Agents pin.</summary>
    public string Fingerprint => FingerprintOf(Value);

    /// <summary>SHA-256 of any certificate (hex, upper case).</summary>
    public static string FingerprintOf(X509Certificate2 any) => any.GetCertHashString(HashAlgorithmName.SHA256);

    private string FilePath => options.CertificatePath;

    private X509Certificate2? Open()
    {
        if (!File.Exists(FilePath))
            return null;
        var text = vault.Open(VaultPurpose, File.ReadAllText(FilePath));
        return X509Certificate2.CreateFromPem(text, text);
    }

    private X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=FrappeHybrid portal", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        // A day back, because servers' clocks differ. What counts is the pinned fingerprint.
        var now = time.GetUtcNow();
        var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        Save($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return made;
    }

    // Written beside and renamed, so that a kill leaves the whole file or none.
    private void Save(string pem)
    {
        Directory.CreateDirectory(options.DataFolderPath);
        var fresh = FilePath + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite })))
            writer.Write(vault.Protect(VaultPurpose, pem));
        File.Move(fresh, FilePath);
    }
}

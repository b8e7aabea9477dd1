using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Identity;

/// <summary>The Agent's own key and self-signed certificate. The key is made on the server and never leaves it; the portal pins the fingerprint.</summary>
internal sealed class AgentCertificate(AgentPaths paths, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Years = 10;

    private string KeyFile => Path.Combine(paths.TlsFolder, "key.pem");

    private string CertificateFile => Path.Combine(paths.TlsFolder, "certificate.pem");

    /// <summary>SHA-256 of the certificate, hex, upper case: what the portal pins.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Makes key and certificate when one of them is missing, and gives the certificate with its key.</summary>
    public X509Certificate2 Ensure()
    {
        if (!File.Exists(KeyFile) || !File.Exists(CertificateFile))
            Make();

        return Load();
    }

    /// <summary>The certificate with its key, from the files.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);

    private void Make()
    {
        Directory.CreateDirectory(paths.TlsFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=frappe-hybrid-agent", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));

        // A day back: the portal's clock may be behind this server's.
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));

        // The key first: a kill between the two leaves no certificate, so that the next start makes both anew.
        File.Delete(CertificateFile);
        DurableFile.Write(KeyFile, key.ExportPkcs8PrivateKeyPem(), OwnerOnly);
        DurableFile.Write(CertificateFile, certificate.ExportCertificatePem(), OwnerOnly);
    }
}

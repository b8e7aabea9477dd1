using System.Security.Cryptography;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>A server's public host key.</summary>
/// <param name="Type">E.g. "ssh-ed25519".</param>
/// <param name="Base64">The key.</param>
public sealed record HostKey(string Type, string Base64)
{
    /// <summary>Best first; what OpenSSH of the last ten years offers.</summary>
    private static readonly string[] Types = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"];

    /// <summary>"type base64", as in known_hosts without the name.</summary>
    public string Line => $"{Type} {Base64}";

    /// <summary>"SHA256:...", as ssh-keygen prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Base64))).TrimEnd('=');

    /// <summary>How this type is asked for: an RSA key signs with SHA-2 today.</summary>
    public string Algorithms => Type is "ssh-rsa" ? "rsa-sha2-512,rsa-sha2-256" : Type;

    /// <summary>Reads "type base64"; null when it is anything else. What comes from a server is not trusted to be well-formed.</summary>
    public static HostKey? TryParse(string? line)
    {
        var parts = (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Types.Contains(parts[0], StringComparer.Ordinal) || parts[1].Length > 4096)
            return null;
        return Convert.TryFromBase64String(parts[1], new byte[4096], out var length) && length > 16 ? new HostKey(parts[0], parts[1]) : null;
    }

    /// <summary>The keys in the output of ssh-keyscan ("name type base64" lines), best first.</summary>
    public static HostKey[] FromScan(string output) =>
    [
        .. output.Split('\n')
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? TryParse(line[(blank + 1)..]) : null)
            .OfType<HostKey>()
            .Distinct()
            .OrderBy(key => Array.IndexOf(Types, key.Type)),
    ];
}

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>A key pair.</summary>
/// <param name="PublicKey">One line, as in authorized_keys.</param>
/// <param name="PrivateKey">OpenSSH's text form; a secret.</param>
public sealed record SshKeyPair(string PublicKey, string PrivateKey)
{
    /// <summary>Never with the private key.</summary>
    public override string ToString() => PublicKey;
}

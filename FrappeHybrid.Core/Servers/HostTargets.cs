using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Provisioning.Ssh;

namespace FrappeHybrid.Core.Servers;

/// <summary>Makes the target of a connection from a server's row.</summary>
public sealed class HostTargets(SecretVault vault)
{
    /// <summary>The target, or what is still missing.</summary>
    public Result<HostTarget> Of(Server server)
    {
        if (server.Address.Length == 0)
            return ScanHostKey.NoAddress;
        if (HostKey.TryParse(server.HostKey) is not { } hostKey)
            return new Error("host-key-missing", "The server's host key has not been confirmed.", "Look at the fingerprint and confirm it first.");
        try
        {
            return new HostTarget(server.Id, server.Address, server.SshPort, server.SshUser, hostKey, vault.Open(SshKeys.VaultPurpose, server.SshPrivateKeyProtected));
        }
        catch (CryptographicException)
        {
            return new Error(
                "key-ring-lost",
                "The portal can no longer open its key for this server: the key ring it was protected with is gone.",
                "Bring back the folder data/keys from the backup that belongs to this database.");
        }
    }
}

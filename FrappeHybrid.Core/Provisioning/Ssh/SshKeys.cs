using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Makes a server's own key pair.</summary>
public sealed class SshKeys(TimeProvider time)
{
    /// <summary>Purpose in <see cref="SecretVault"/>.</summary>
    public const string VaultPurpose = "server-ssh-key";

    /// <summary>A fresh ed25519 pair. .NET has no ed25519, so ssh-keygen makes it, in a folder in memory.</summary>
    public async Task<SshKeyPair> MakeAsync(CancellationToken cancel)
    {
        using var folder = new PrivateFolder();
        var file = folder.FileName("key");
        var made = await LocalProcess.RunAsync(
            new LocalCommand("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "frappe-hybrid", "-f", file]) { Timeout = TimeSpan.FromSeconds(20) },
            time,
            cancel);
        if (made.ExitCode != 0)
            throw new InvalidOperationException($"ssh-keygen made no key: {made.ErrorOutput.Trim()}");
        return new SshKeyPair((await File.ReadAllTextAsync(file + ".pub", cancel)).Trim(), await File.ReadAllTextAsync(file, cancel));
    }
}

using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>The way to a server's command line. One implementation uses the OpenSSH client; the interface is where another transport would come in.</summary>
public interface IHostShell
{
    /// <summary>Opens one connection that all further commands share, or names the exact cause.</summary>
    Task<Result<HostSession>> ConnectAsync(HostTarget target, CancellationToken cancel);

    /// <summary>Puts a public key into the user's authorized_keys, signing in with a password this once. The password is not kept.</summary>
    Task<Result> InstallKeyAsync(HostTarget target, string publicKey, string password, CancellationToken cancel);
}

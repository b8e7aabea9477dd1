namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>A server to connect to, with what proves both sides.</summary>
/// <param name="ServerId">Stands for the server in known_hosts, so that the pin does not hang on its address.</param>
/// <param name="Address">Checked by ServerConnectionRules.</param>
/// <param name="Port">Its SSH port.</param>
/// <param name="User">Checked by ServerConnectionRules.</param>
/// <param name="HostKey">The only host key that is accepted.</param>
/// <param name="PrivateKey">The portal's key for this server; a secret.</param>
public sealed record HostTarget(Guid ServerId, string Address, int Port, string User, HostKey HostKey, string PrivateKey)
{
    /// <summary>The name in known_hosts.</summary>
    public string Alias => $"server-{ServerId:N}";

    /// <summary>Never with the key.</summary>
    public override string ToString() => $"{User}@{Address} port {Port}";
}

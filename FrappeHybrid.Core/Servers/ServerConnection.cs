namespace FrappeHybrid.Core.Servers;

/// <summary>What the owner tells about a server, as typed; checked by <see cref="ServerConnectionRules"/>.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Address">DNS name, IPv4 or IPv6 address.</param>
/// <param name="SshPort">Normally 22.</param>
/// <param name="SshUser">root, or a user that may use sudo without a password.</param>
/// <param name="Domain">The domain of its sites; empty when not given.</param>
public sealed record ServerConnection(string Name, string Address, int SshPort, string SshUser, string Domain);

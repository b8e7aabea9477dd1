namespace FrappeHybrid.Core.Servers;

/// <summary>The host key that a server shows now.</summary>
/// <param name="KeyType">E.g. "ssh-ed25519".</param>
/// <param name="Fingerprint">"SHA256:...", as `ssh-keygen -lf` on the server prints it.</param>
/// <param name="IsKnown">It is the confirmed one.</param>
/// <param name="HasChanged">Another one was confirmed: stop, and say so.</param>
public sealed record HostKeyScan(string KeyType, string Fingerprint, bool IsKnown, bool HasChanged);

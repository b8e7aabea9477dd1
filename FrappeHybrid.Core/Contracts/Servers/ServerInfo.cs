namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /server`: the machine as the Agent sees it now.</summary>
/// <param name="HostName">Its own name.</param>
/// <param name="OperatingSystem">E.g. "Debian GNU/Linux 12 (bookworm)".</param>
/// <param name="Kernel">E.g. "6.1.0-30-amd64".</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="Load1">Load average of the last minute.</param>
/// <param name="MemoryTotalBytes">RAM.</param>
/// <param name="MemoryAvailableBytes">What programs could still take.</param>
/// <param name="DiskTotalBytes">Size of the file system that holds /home/frappe.</param>
/// <param name="DiskFreeBytes">Free for a normal user on it.</param>
/// <param name="DockerVersion">The engine's version; null when it does not answer.</param>
/// <param name="MariaDbState">State of the MariaDB container, "missing" when there is none.</param>
/// <param name="Benches">How many benches are there.</param>
/// <param name="UptimeSeconds">Since boot.</param>
public sealed record ServerInfo(
    string HostName,
    string OperatingSystem,
    string Kernel,
    int Processors,
    double Load1,
    long MemoryTotalBytes,
    long MemoryAvailableBytes,
    long DiskTotalBytes,
    long DiskFreeBytes,
    string? DockerVersion,
    string MariaDbState,
    int Benches,
    long UptimeSeconds);

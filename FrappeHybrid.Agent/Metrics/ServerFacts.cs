using System.Globalization;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>What the machine says of itself, from /proc and the file system.</summary>
internal sealed class ServerFacts(AgentPaths paths)
{
    /// <summary>Everything at once.</summary>
    public ServerReading Read()
    {
        var (memory, available) = Memory();
        var (disk, free) = Disk();
        return new ServerReading(
            Environment.MachineName,
            OperatingSystemName(File.Exists("/etc/os-release") ? File.ReadAllLines("/etc/os-release") : []),
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            Environment.ProcessorCount,
            double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture),
            memory,
            available,
            disk,
            free,
            (long)double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Bytes of RAM, and what programs could still take of them.</summary>
    public static (long Total, long Available) Memory()
    {
        var values = ProcText.Memory(File.ReadLines("/proc/meminfo"));
        return (values.GetValueOrDefault("MemTotal"), values.GetValueOrDefault("MemAvailable"));
    }

    /// <summary>Bytes of the file system that holds the benches, and what is free there for a normal user.</summary>
    public (long Total, long Free) Disk()
    {
        var disk = new DriveInfo(ExistingFolder(paths.Home));
        return (disk.TotalSize, disk.AvailableFreeSpace);
    }

    /// <summary>What the processors have done since boot.</summary>
    public static ProcessorTime Processors() => ProcText.Processors(File.ReadLines("/proc/stat").FirstOrDefault() ?? "");

    internal static string OperatingSystemName(IEnumerable<string> release)
    {
        const string key = "PRETTY_NAME=";
        return release.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim('"', '\'') ?? "Linux";
    }

    private static string ExistingFolder(string path)
    {
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path) ?? "/";

        return path;
    }
}

/// <summary>One reading of <see cref="ServerFacts"/>.</summary>
internal sealed record ServerReading(
    string HostName,
    string OperatingSystem,
    string Kernel,
    int Processors,
    double Load1,
    long MemoryTotalBytes,
    long MemoryAvailableBytes,
    long DiskTotalBytes,
    long DiskFreeBytes,
    long UptimeSeconds);

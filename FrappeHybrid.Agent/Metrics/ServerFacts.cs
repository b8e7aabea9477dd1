using System.Globalization;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>What the machine says of itself, from /proc and the file system.</summary>
internal sealed class ServerFacts(AgentPaths paths)
{
    public ServerReading Read()
    {
        var memory = ReadMemory();
        var disk = new DriveInfo(ExistingFolder(paths.Home));
        return new ServerReading(
            Environment.MachineName,
            OperatingSystemName(File.Exists("/etc/os-release") ? File.ReadAllLines("/etc/os-release") : []),
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            Environment.ProcessorCount,
            double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture),
            memory.GetValueOrDefault("MemTotal"),
            memory.GetValueOrDefault("MemAvailable"),
            disk.TotalSize,
            disk.AvailableFreeSpace,
            (long)double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
    }

    internal static string OperatingSystemName(IEnumerable<string> release)
    {
        const string key = "PRETTY_NAME=";
        return release.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim('"', '\'') ?? "Linux";
    }

    /// <summary>Bytes by name, from lines like "MemTotal:       24684376 kB".</summary>
    private static Dictionary<string, long> ReadMemory()
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines("/proc/meminfo"))
        {
            var words = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
                values[words[0]] = kilobytes * 1024;
        }

        return values;
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

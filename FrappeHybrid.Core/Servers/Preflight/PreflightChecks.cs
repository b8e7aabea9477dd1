namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>All rows, in the order in which they are shown.</summary>
internal static class PreflightChecks
{
    public static readonly IReadOnlyList<PreflightCheck> All =
    [
        new("connection", "Connection", PreflightCheck.Connection, MachineChecks.Connection),
        new("root", "Rights of root", PreflightCheck.Connection, MachineChecks.Root),
        new("operating-system", "Operating system", "system", MachineChecks.OperatingSystem),
        new("architecture", "Architecture", "system", MachineChecks.Architecture),
        new("systemd", "systemd", "system", MachineChecks.Systemd),
        new("virtualisation", "Kind of machine", "system", MachineChecks.Virtualisation),
        new("control-groups", "Control groups", "system", MachineChecks.ControlGroups),
        new("processors", "Processors", "system", ResourceChecks.Processors),
        new("memory", "Memory", "system", ResourceChecks.Memory),
        new("swap", "Swap", "system", ResourceChecks.Swap),
        new("disk", "Disk", "system", ResourceChecks.Disk),
        new("user-id", "User and group 1000", "users", UserChecks.UserId),
        new("other-users", "Other users", "users", UserChecks.OtherUsers),
        new("port-80", "Port 80 (HTTP)", "programs", facts => ProgramChecks.Port(facts, 80)),
        new("port-443", "Port 443 (HTTPS)", "programs", facts => ProgramChecks.Port(facts, 443)),
        new("port-25052", "Port 25052 (Agent)", "programs", facts => ProgramChecks.Port(facts, 25052)),
        new("docker", "Docker", "programs", ProgramChecks.Docker),
        new("nginx", "Web server", "programs", ProgramChecks.Nginx),
        new("database", "Database server", "programs", ProgramChecks.Database),
        new("packages", "Package manager", "packages", SoftwareChecks.Packages),
        new("cloud-init", "First start of the machine", "packages", SoftwareChecks.CloudInit),
        new("clock", "Clock", "clock", SoftwareChecks.Clock),
        new("package-mirror", "Way out to the package mirror", "network", NetworkChecks.Mirror),
        new("registry", "Way out to the image registry", "network", NetworkChecks.Registry),
        new("domain", "DNS record of the domain", PreflightCheck.Portal, NetworkChecks.Domain),
        new("agent-port", "Way in from the portal to port 25052", PreflightCheck.Portal, NetworkChecks.AgentPort),
    ];

    public static PreflightCheck? Find(string key) => All.FirstOrDefault(check => string.Equals(check.Key, key, StringComparison.Ordinal));

    /// <summary>Sets one row, or all of them, to waiting; rows that exist keep their place, so that the page does not jump.</summary>
    public static void Reset(PreflightReport report, string? onlyKey)
    {
        if (onlyKey is null)
        {
            report.Rows.RemoveAll(row => row.Number > All.Count || !string.Equals(All[row.Number - 1].Key, row.Key, StringComparison.Ordinal));
            for (var number = 1; number <= All.Count; number++)
            {
                if (!report.Rows.Exists(row => row.Number == number))
                    report.Rows.Add(new PreflightRow { ServerId = report.Id, Number = number, Key = All[number - 1].Key, Title = All[number - 1].Title });
            }
        }

        foreach (var row in report.Rows.Where(row => onlyKey is null || string.Equals(row.Key, onlyKey, StringComparison.Ordinal)))
            (row.Verdict, row.Found, row.Advice) = (PreflightVerdict.Waiting, null, null);
    }
}

using System.Text.Json;

namespace FrappeHybrid.Tests.Lab;

/// <summary>What Lab/prepare made ready on this machine: artifacts/lab/lab.json.</summary>
internal sealed record LabDescription(
    string Network,
    string Registry,
    string RegistryUser,
    string RegistryPassword,
    string ServerImage,
    string MariaDbImage,
    string RedisImage,
    IReadOnlyList<LabRelease> Releases)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Where the description is.</summary>
    public static string Path => System.IO.Path.Combine(Repository.Artifacts, "lab", "lab.json");

    /// <summary>Reads it; says what to run when it is not there.</summary>
    public static LabDescription Read() => File.Exists(Path)
        ? JsonSerializer.Deserialize<LabDescription>(File.ReadAllText(Path), Json)!
        : throw new InvalidOperationException("The lab is not ready: run FrappeHybrid.Tests/Lab/prepare first (./test and ./demo do).");

    /// <summary>
    /// The portal's configuration for working with the lab: the same keys that an operator sets. The disk may be smaller than a customer's has to be.
    /// </summary>
    /// <param name="dataFolder">The portal's data.</param>
    /// <param name="sitePort">Where browsers reach port 80 of the lab's server.</param>
    public Dictionary<string, string?> PortalSettings(string dataFolder, int sitePort = 80)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:DataFolder"] = dataFolder,
            ["Portal:AgentProgram"] = System.IO.Path.Combine(Repository.Artifacts, "agent", "linux-x64", "frappe-hybrid-agent"),
            ["Portal:SitePort"] = sitePort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Provisioning:MinimumDiskGigabytes"] = "10",
            ["Provisioning:Registry"] = Registry,
            ["Provisioning:RegistryUser"] = RegistryUser,
            ["Provisioning:RegistryPassword"] = RegistryPassword,
            ["Provisioning:MariaDbImage"] = MariaDbImage,
            ["Benches:RedisImage"] = RedisImage,
        };
        foreach (var (number, release) in Releases.Index())
        {
            settings[$"Releases:{number}:Name"] = $"ERPNext {release.Version}";
            settings[$"Releases:{number}:Version"] = release.Version;
            settings[$"Releases:{number}:Image"] = release.Image;
            foreach (var (position, app) in release.Apps.Index())
                settings[$"Releases:{number}:Apps:{position}"] = app;
        }

        return settings;
    }
}

/// <summary>A bench image in the lab's registry.</summary>
internal sealed record LabRelease(string Version, string Image, IReadOnlyList<string> Apps);

namespace FrappeHybrid.Core.Provisioning;

/// <summary>How servers are checked and set up: section "Provisioning" of appsettings.json.</summary>
public sealed class ProvisioningOptions
{
    /// <summary>Fewer processors fail the pre-flight.</summary>
    public int MinimumProcessors { get; set; } = 2;

    /// <summary>Less memory fails the pre-flight; 5 % less is let through, because a machine sold with 4 GB shows about 3.8.</summary>
    public int MinimumMemoryMegabytes { get; set; } = 4000;

    /// <summary>A smaller disk where /home/frappe will be fails the pre-flight; 5 % less is let through.</summary>
    public int MinimumDiskGigabytes { get; set; } = 40;

    /// <summary>The registry of the images as host[:port]; empty when all of them are public.</summary>
    public string Registry { get; set; } = "";

    /// <summary>Its user; empty for none.</summary>
    public string RegistryUser { get; set; } = "";

    /// <summary>Its password: from user secrets or the environment (Provisioning__RegistryPassword), never from a file in the tree.</summary>
    public string RegistryPassword { get; set; } = "";

    /// <summary>The image of the database server.</summary>
    public string MariaDbImage { get; set; } = "mariadb:11.8";

    /// <summary>What can be set up, as "id version" of /etc/os-release.</summary>
    public IList<string> SupportedSystems { get; } = [];

    /// <summary>How long a connection may take to come about.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long all the remote checks of a pre-flight may take.</summary>
    public TimeSpan PreflightTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a play's tasks may take on the server, packages and images downloaded.</summary>
    public TimeSpan PlayTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a freshly started Agent may take until its first answer.</summary>
    public TimeSpan AgentAnswerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a reboot, an upgrade or a taking out waits for running jobs to end.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a rebooted machine may take until SSH answers again.</summary>
    public TimeSpan RebootTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long benches and sites may take until they are as before the reboot.</summary>
    public TimeSpan ReturnTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upgraded Agent may take, on its own server, until it is well; after that the old one is put back.</summary>
    public TimeSpan AgentHealthTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The systems supported when the configuration names none.</summary>
    internal static readonly string[] DefaultSystems = ["debian 12", "debian 13", "ubuntu 20.04", "ubuntu 22.04", "ubuntu 24.04"];
}

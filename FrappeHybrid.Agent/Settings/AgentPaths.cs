using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Settings;

/// <summary>Where the Agent's files are: <see cref="ServerLayout"/> below a root, which is "/" on a customer's server.</summary>
/// <param name="root">What is put before every path; empty for "/".</param>
internal sealed class AgentPaths(string root)
{
    /// <summary>The environment variable that names another root, so that a second Agent can run beside the first.</summary>
    public const string RootVariable = "FRAPPE_HYBRID_ROOT";

    private readonly string root = root.TrimEnd('/');

    public string AgentFolder => At(ServerLayout.AgentFolder);

    public string SettingsFile => At(ServerLayout.AgentSettings);

    public string Database => Path.Combine(AgentFolder, "agent.db");

    public string TlsFolder => Path.Combine(AgentFolder, "tls");

    /// <summary>One file a job that needs a secret, 0600, gone when the job ends.</summary>
    public string SecretsFolder => Path.Combine(AgentFolder, "secrets");

    /// <summary>One file a site whose update or migration is under way, or was not taken back yet.</summary>
    public string UpdatesFolder => Path.Combine(AgentFolder, "updates");

    public string BenchesFolder => At(ServerLayout.BenchesFolder);

    /// <summary>What was archived of dropped sites.</summary>
    public string ArchivedFolder => At(ServerLayout.ArchivedFolder);

    /// <summary>Folders of benches that were archived.</summary>
    public string ArchivedBenches => Path.Combine(At(ServerLayout.ArchivedFolder), "benches");

    /// <summary>The file system whose space is reported and checked.</summary>
    public string Home => At("/home/frappe");

    public string BenchFolder(BenchName bench) => At(ServerLayout.BenchFolder(bench));

    /// <summary>The paths of this process: below <see cref="RootVariable"/> when it is set.</summary>
    public static AgentPaths FromEnvironment() => new(Environment.GetEnvironmentVariable(RootVariable) ?? "");

    private string At(string path) => root + path;
}

using System.Security.Cryptography;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>The values that every contender gets, and where this measure's files are.</summary>
internal sealed record SetUp(
    string Registry,
    string RegistryUser,
    string RegistryPassword,
    string MariaDbImage,
    string ServerImage,
    string Network,
    string AgentFile,
    string AgentSha256,
    string AgentSettings)
{
    /// <summary>playbook.yml, script.sh, check.sh and the files that they share.</summary>
    public static string Folder => Path.Combine(Root, "FrappeHybrid.Tests", "Measure", "Provision");

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "FrappeHybrid.sln")))
                folder = Path.GetDirectoryName(folder);
            return folder ?? throw new InvalidOperationException("The measure runs inside the checkout: FrappeHybrid.sln is not above the program.");
        }
    }

    public static SetUp Load()
    {
        using var lab = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "artifacts", "lab", "lab.json")));
        string Of(string name) => lab.RootElement.GetProperty(name).GetString()!;

        var agentFile = Path.Combine(Root, "artifacts", "agent", "linux-x64", "frappe-hybrid-agent");
        using var agent = File.OpenRead(agentFile);
        var settings = new FrappeHybrid.Core.Contracts.AgentSettings(Guid.Parse("00000000-0000-7000-8000-000000000001"), [new string('A', 64)]);
        return new SetUp(
            Of("registry"),
            Of("registryUser"),
            Of("registryPassword"),
            Of("mariaDbImage"),
            Of("serverImage"),
            Of("network"),
            agentFile,
            Convert.ToHexStringLower(SHA256.HashData(agent)),
            JsonSerializer.Serialize(settings, AgentSettingsJson.Default.AgentSettings));
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}

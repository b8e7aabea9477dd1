using System.Security.Cryptography;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Tests.Lab;

namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>The values that every contender gets, and where this measure's files are.</summary>
internal sealed record SetUp(LabDescription Lab, string AgentFile, string AgentSha256, string AgentSettings)
{
    /// <summary>playbook.yml, script.sh, check.sh and the files that they share.</summary>
    public static string Folder => Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Measure", "Provision");

    public static SetUp Load()
    {
        var agentFile = Path.Combine(Repository.Artifacts, "agent", "linux-x64", "frappe-hybrid-agent");
        if (!File.Exists(agentFile))
            throw new InvalidOperationException("The Agent's program is not built: run FrappeHybrid.Tests/Lab/build first (./measure does).");
        using var agent = File.OpenRead(agentFile);
        var settings = new FrappeHybrid.Core.Contracts.AgentSettings(Guid.Parse("00000000-0000-7000-8000-000000000001"), [new string('A', 64)]);
        return new SetUp(
            LabDescription.Read(),
            agentFile,
            Convert.ToHexStringLower(SHA256.HashData(agent)),
            JsonSerializer.Serialize(settings, AgentSettingsJson.Default.AgentSettings));
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}

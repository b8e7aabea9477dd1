using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Identity;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent;

/// <summary>The command line: `run [--settings FILE]`, `init`, `version`.</summary>
internal static class Program
{
    private const int Usage = 64;
    private const int BadSettings = 78;

    /// <summary>{bench}/backups/{site}/{backup}; a site's own files are one deeper.</summary>
    private const int LevelsToBackups = 4;

    private static async Task<int> Main(string[] arguments)
    {
        var paths = AgentPaths.FromEnvironment();
        try
        {
            switch (arguments)
            {
                case ["run"]:
                    return await RunAsync(paths, paths.SettingsFile);
                case ["run", "--settings", var file]:
                    return await RunAsync(paths, file);
                case ["init"]:
                    using (var certificate = new AgentCertificate(paths, TimeProvider.System).Ensure())
                        Console.WriteLine($"fingerprint={AgentCertificate.Fingerprint(certificate)}");

                    return 0;
                case ["version"]:
                    Console.WriteLine(ServerRoutes.Version);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync("Usage: frappe-hybrid-agent run [--settings FILE] | init | version");
                    return Usage;
            }
        }
        catch (AgentSettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadSettings;
        }
    }

    private static async Task<int> RunAsync(AgentPaths paths, string settingsFile)
    {
        using var logging = LoggerFactory.Create(logging => logging.AddSystemdConsole());
        var settings = AgentSettingsFile.Open(settingsFile, logging.CreateLogger<AgentSettingsFile>());
        using var certificate = new AgentCertificate(paths, TimeProvider.System).Ensure();
        DurableFile.RemoveLeftovers(paths.AgentFolder, levels: 1);
        DurableFile.RemoveLeftovers(paths.BenchesFolder, LevelsToBackups);
        DurableFile.RemoveLeftovers(paths.ArchivedFolder, levels: 1);
        await using var agent = AgentHost.Build(paths, settings, certificate, TimeProvider.System);
        await agent.RunAsync();
        return 0;
    }
}

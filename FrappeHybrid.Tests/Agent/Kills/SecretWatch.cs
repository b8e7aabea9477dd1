using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>
/// Looks for secrets where they must not be: in process lists and environments, sampled while a job runs, and afterwards in the Agent's store and its log, in the feed and
/// in the logs of the benches.
/// </summary>
internal sealed class SecretWatch : IAsyncDisposable
{
    private readonly AgentServer server;
    private readonly Dictionary<string, byte[]> secrets;
    private readonly HashSet<string> seen = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task sampling;

    private SecretWatch(AgentServer server, IEnumerable<string> secrets)
    {
        this.server = server;
        this.secrets = secrets.Distinct(StringComparer.Ordinal).ToDictionary(secret => secret, Encoding.UTF8.GetBytes, StringComparer.Ordinal);
        sampling = Task.Run(SampleAsync);
    }

    /// <summary>Watches for the passwords that tests type and for all that the sites of the ground keep.</summary>
    public static SecretWatch Start(KillGround ground) => new(ground.Server, [KillGround.Password, AgentServer.RootPassword, .. ground.Secrets, .. OfSite(ground)]);

    /// <summary>Ends the watch and gives every place at which a secret was seen; the secret itself is not in it.</summary>
    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        await stop.CancelAsync();
        await sampling;
        foreach (var file in Directory.EnumerateFiles(server.Paths.AgentFolder, "agent.db*"))
            Look($"file {Path.GetFileName(file)}", Read(file));

        foreach (var folder in Directory.EnumerateDirectories(server.Paths.BenchesFolder).Select(bench => Path.Combine(bench, "logs")).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                Look($"log {file}", Read(file));
        }

        Look("the Agent's log", Encoding.UTF8.GetBytes(server.Output.ToString()));
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sampling;
        stop.Dispose();
    }

    /// <summary>Database password and encryption key of the shared site.</summary>
    private static IEnumerable<string> OfSite(KillGround ground)
    {
        var file = Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).SiteFolder(ground.Site), "site_config.json");
        using var config = JsonDocument.Parse(Read(file));
        foreach (var key in (string[])["db_password", "encryption_key"])
        {
            if (config.RootElement.TryGetProperty(key, out var value))
                yield return value.GetString()!;
        }
    }

    private async Task SampleAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                // The tests themselves start MariaDB with its root password; the Agent has no part in that.
                Look("a command line", Read(Path.Combine(folder, "cmdline")), except: AgentServer.RootPassword);
                Look("an environment", Read(Path.Combine(folder, "environ")), KillGround.Password);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(ConfigureAwaitOptions.None);
        }
    }

    private void Look(string place, byte[] content, string? only = null, string? except = null)
    {
        foreach (var (secret, bytes) in secrets)
        {
            if ((only is null || only == secret) && except != secret && content.AsSpan().IndexOf(bytes) >= 0)
                seen.Add($"{place} has the secret that begins with {secret[..3]}");
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

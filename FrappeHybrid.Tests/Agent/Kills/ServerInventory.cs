using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FrappeHybrid.Core.Contracts;
using Microsoft.Data.Sqlite;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>
/// Everything on a server that a job could leave behind, one line each: containers with state and limits, networks, volumes, what was written into a backend's own layer, programs
/// of jobs, databases with their tables, database users with a mark of their password, all files (configuration with a mark of its content), claims and unfinished
/// jobs. Left out is what changes by itself: logs, what Redis writes, caches, the Agent's own store.
/// </summary>
internal sealed class ServerInventory
{
    private readonly HashSet<string> entries;

    private ServerInventory(IEnumerable<string> entries) => this.entries = [.. entries];

    public static async Task<ServerInventory> TakeAsync(AgentServer server)
    {
        var parts = await Task.WhenAll(
            ContainersAsync(server), NamesAsync("network", server, "network", "ls"), NamesAsync("volume", server, "volume", "ls"), DatabasesAsync(server),
            Task.Run<IEnumerable<string>>(() => [.. Files(server)]), Task.Run<IEnumerable<string>>(() => [.. Programs(server)]), Task.Run<IEnumerable<string>>(() => Store(server)));
        return new ServerInventory(parts.SelectMany(part => part));
    }

    public InventoryChange To(ServerInventory after) => new([.. after.entries.Except(entries).Order(StringComparer.Ordinal)], [.. entries.Except(after.entries).Order(StringComparer.Ordinal)]);

    private static async Task<IEnumerable<string>> ContainersAsync(AgentServer server)
    {
        // Those of the test's own name and those that carry the label of one of its benches.
        var ids = Lines(await Shell.RunAsync("docker", "ps", "-aq", "--no-trunc", "--filter", $"name=^{server.Prefix}"));
        if (ids.Length == 0)
            return [];

        // One that goes in between is not there.
        var (_, described, _) = await Shell.TryAsync(
            "docker",
            ["inspect", "--format", "{{.Name}} {{.State.Status}} memory {{.HostConfig.Memory}} cpus {{.HostConfig.NanoCpus}} restart {{.HostConfig.RestartPolicy.Name}} mounts {{range .Mounts}}{{.Type}}:{{.Destination}} {{end}}", .. ids]);
        var layers = await Task.WhenAll(Lines(described).Select(line => line.Split(' ')[0].TrimStart('/')).Where(name => name.EndsWith("-backend", StringComparison.Ordinal)).Select(LayerAsync));
        return [.. Lines(described).Select(Container), .. layers.SelectMany(layer => layer)];
    }

    /// <summary>The engine lists mounts in any order.</summary>
    private static string Container(string line)
    {
        var parts = line.TrimStart('/').Split(" mounts ");
        return $"container {parts[0]} {string.Join(' ', parts[1].Split(' ').Order(StringComparer.Ordinal))}";
    }

    /// <summary>Files in the container itself are lost with it, so that only what is meant to be temporary may be there, and that only while a program runs.</summary>
    private static async Task<IEnumerable<string>> LayerAsync(string container)
    {
        var (_, changes, _) = await Shell.TryAsync("docker", "diff", container);
        return Lines(changes)
            .Where(line => line.StartsWith('A') && (line.Contains("/tmp/", StringComparison.Ordinal) || line.Contains("/archived/", StringComparison.Ordinal)))
            .Where(line => !line.Contains("/tmp/pymp-", StringComparison.Ordinal) && !line.Contains("/tmp/wgunicorn-", StringComparison.Ordinal))
            .Select(line => $"layer {container} {line[2..]}");
    }

    private static async Task<IEnumerable<string>> NamesAsync(string kind, AgentServer server, params string[] command) =>
        Lines(await Shell.RunAsync("docker", [.. command, "--format", "{{.Name}}", "--filter", $"name={server.Prefix}"])).Select(name => $"{kind} {name}");

    private static async Task<IEnumerable<string>> DatabasesAsync(AgentServer server) => await server.QueryAsync(
        """
        SELECT CONCAT('database ', schema_name) FROM information_schema.schemata
        UNION ALL SELECT CONCAT('table ', table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema LIKE '\\_%'
        UNION ALL SELECT CONCAT('database user ', User, '@', Host, ' ', LEFT(SHA1(CONCAT(plugin, authentication_string)), 8)) FROM mysql.user
        UNION ALL SELECT CONCAT('grant ', grantee, ' ', table_schema, ' ', COUNT(*)) FROM information_schema.schema_privileges GROUP BY grantee, table_schema
        """);

    private static IEnumerable<string> Programs(AgentServer server)
    {
        var jobs = server.Ordered.ToHashSet();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && JobOf(Read(Path.Combine(folder, "environ"))) is { } job && jobs.Contains(job))
                yield return $"program of job {job}: {Encoding.UTF8.GetString(Read(Path.Combine(folder, "cmdline"))).Replace('\0', ' ')}";
        }
    }

    /// <summary>The job whose program has this environment.</summary>
    private static Guid? JobOf(ReadOnlySpan<byte> environment)
    {
        const int IdLength = 36;
        var marker = "FRAPPE_HYBRID_JOB="u8;
        var at = environment.IndexOf(marker);
        return at >= 0 && environment.Length >= at + marker.Length + IdLength && Guid.TryParse(environment.Slice(at + marker.Length, IdLength), out var job) ? job : null;
    }

    private static IEnumerable<string> Files(AgentServer server)
    {
        foreach (var path in Walk(server.Root))
        {
            var name = path[(server.Root.Length + 1)..];
            if (Directory.Exists(path))
                yield return $"folder {name}";
            else if (Path.GetFileName(path) is "site_config.json")
                yield return $"file {name} {Mark(Meaning(Read(path)))}";
            else if (Path.GetExtension(path) is ".json" or ".conf" or ".cnf" or ".txt" || Path.GetFileName(path) == "hosts")
                yield return $"file {name} {Mark(Read(path))}";
            else
                yield return $"file {name}";
        }
    }

    private static string Mark(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content))[..8];

    /// <summary>bench turns maintenance off by a 0, where a site that never had any has no key: the same to every reader.</summary>
    private static byte[] Meaning(byte[] config)
    {
        if (config.Length == 0 || JsonNode.Parse(config) is not JsonObject keys)
            return config;
        foreach (var key in new[] { "maintenance_mode", "pause_scheduler" })
        {
            if (keys[key]?.ToJsonString() is "0")
                keys.Remove(key);
        }

        return Encoding.UTF8.GetBytes(keys.ToJsonString());
    }

    private static IEnumerable<string> Walk(string folder)
    {
        string[] found;
        try
        {
            found = Directory.GetFileSystemEntries(folder);
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }

        foreach (var path in found.Where(path => !ChangesByItself(path)))
        {
            yield return path;
            if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            {
                foreach (var below in Walk(path))
                    yield return below;
            }
        }
    }

    private static bool ChangesByItself(string path)
    {
        var name = Path.GetFileName(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(path));
        return name is "logs" or "locks" or "redis-queue" or "__pycache__" or ".test_log" or "touched_tables.json" or "agent.db" or "agent.db-wal" or "agent.db-shm" or "apps.json"
            || name.StartsWith("clr-debug-pipe", StringComparison.Ordinal) || name.StartsWith("dotnet-diagnostic", StringComparison.Ordinal)
            || (folder == "locks" && name.EndsWith(".lock", StringComparison.Ordinal));
    }

    private static List<string> Store(AgentServer server)
    {
        using var connection = new SqliteConnection($"Data Source={server.Paths.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 'claim ' || kind || ' ' || value || ' of ' || job_id FROM claims UNION ALL SELECT 'unfinished job ' || type || ' ' || id FROM jobs WHERE finished_at IS NULL";
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));

        return found;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text.Json;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>The folder of a bench on the server.</summary>
internal sealed class BenchFolder(AgentPaths paths, BenchName bench)
{
    public BenchName Bench { get; } = bench;

    public string Path { get; } = paths.BenchFolder(bench);

    /// <summary>Mounted into all containers that run the release's image.</summary>
    public string Sites => System.IO.Path.Combine(Path, "sites");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string Config => System.IO.Path.Combine(Path, "config");

    /// <summary>One file a site, included by the server's nginx.</summary>
    public string Nginx => System.IO.Path.Combine(Path, "nginx");

    /// <summary>One folder a site, in it one folder a backup; in no container.</summary>
    public string Backups => System.IO.Path.Combine(Path, "backups");

    public string RedisQueue => System.IO.Path.Combine(Path, "redis-queue");

    /// <summary>Mounted over /etc/hosts of the websocket container: see <see cref="BenchHosts"/>.</summary>
    public string Hosts => System.IO.Path.Combine(Config, "hosts");

    /// <summary>What the Agent knows of the bench; the last file to be written, so that a folder without it is not a bench.</summary>
    public string Record => System.IO.Path.Combine(Path, "bench.json");

    public string AppsText => System.IO.Path.Combine(Sites, "apps.txt");

    public string CommonSiteConfig => System.IO.Path.Combine(Sites, "common_site_config.json");

    public bool Exists => Directory.Exists(Path);

    public string SiteFolder(SiteName site) => System.IO.Path.Combine(Sites, site.Value);

    public string NginxFile(SiteName site) => System.IO.Path.Combine(Nginx, $"{site}.conf");

    /// <summary>The bench's record, or null when there is none that can be read.</summary>
    public BenchRecord? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Record), BenchJson.Default.BenchRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(BenchRecord record) => DurableFile.Write(Record, JsonSerializer.Serialize(record, BenchJson.Default.BenchRecord));

    /// <summary>Names of the sites: folders with a site_config.json, as bench itself sees it.</summary>
    public IReadOnlyList<SiteName> ReadSites()
    {
        if (!Directory.Exists(Sites))
            return [];

        var sites = new List<SiteName>();
        foreach (var folder in Directory.EnumerateDirectories(Sites))
        {
            if (SiteName.TryParse(System.IO.Path.GetFileName(folder), out var site) && File.Exists(System.IO.Path.Combine(folder, "site_config.json")))
                sites.Add(site);
        }

        sites.Sort((one, other) => string.CompareOrdinal(one.Value, other.Value));
        return sites;
    }
}

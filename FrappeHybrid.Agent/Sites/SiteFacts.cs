using System.Collections.Concurrent;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>How sites are, cheaply: one SQL round trip and one look at Redis, answers kept for seconds, sizes of files for minutes, versions as long as the image stays.</summary>
internal sealed class SiteFacts(SiteDatabase database, BenchQueue queue, BenchReader reader, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SizeKept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, SiteFactsInfo> facts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, long Bytes)> sizes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> versions = new(StringComparer.Ordinal);

    /// <summary>The site's facts; looked at now when <paramref name="fresh"/> or when what is known is too old.</summary>
    public async Task<SiteFactsInfo> ReadAsync(SiteOnServer site, bool fresh, CancellationToken cancel)
    {
        if (!fresh && facts.TryGetValue(site.Path, out var known) && time.GetUtcNow() - known.At < Kept)
            return known;

        var config = SiteConfigFile.Read(site.ConfigFile);
        var stored = await database.ReadAsync(site.Database, cancel);
        var appVersions = await VersionsAsync(site, cancel);
        var domains = SiteDomains.Read(site.Path);
        var found = new SiteFactsInfo(
            time.GetUtcNow(),
            [.. stored.Apps.Select(app => new AppVersion(app, appVersions.GetValueOrDefault(app.Value)))],
            stored.Bytes,
            FilesBytes(site.Path, fresh),
            stored.SchedulerEnabled,
            SiteConfigFile.IsOn(config["pause_scheduler"]),
            SiteMaintenance.IsOn(site.ConfigFile),
            await queue.CountAsync(site.Folder.Bench, site.Name, cancel),
            domains.AllOf(site.Name),
            domains.PrimaryOf(site.Name));
        return facts[site.Path] = found;
    }

    private long FilesBytes(string path, bool fresh)
    {
        if (!fresh && sizes.TryGetValue(path, out var known) && time.GetUtcNow() - known.At < SizeKept)
            return known.Bytes;

        long bytes = 0;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var folder in (string[])["public/files", "private/files"])
        {
            var start = new DirectoryInfo(Path.Combine(path, folder));
            if (start.Exists)
                bytes += start.EnumerateFiles("*", options).Sum(file => file.Length);
        }

        sizes[path] = (time.GetUtcNow(), bytes);
        return bytes;
    }

    /// <summary>What the bench's image holds; asked of bench once for each image, because it takes half a second.</summary>
    private async Task<IReadOnlyDictionary<string, string>> VersionsAsync(SiteOnServer site, CancellationToken cancel)
    {
        var image = site.Bench.ImageDigest ?? site.Bench.Image.Value;
        if (versions.TryGetValue(image, out var known))
            return known;

        var result = await reader.RunAsync(site.Backend, ["bench", "version", "-f", "json"], cancel);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var start = result.Output.IndexOf('[', StringComparison.Ordinal);
            foreach (var row in result.ExitCode != 0 || start < 0 ? [] : JsonSerializer.Deserialize(result.Output[start..], SiteJson.Default.IReadOnlyListBenchVersion) ?? [])
            {
                if (AppName.TryParse(row.App, out var app) && row.Version is { Length: > 0 and <= 60 } version)
                    found[app.Value] = version;
            }
        }
        catch (JsonException)
        {
            // Without versions the rest is still true.
        }

        if (found.Count > 0)
            versions[image] = found;

        return found;
    }
}

/// <summary>A row of `bench version -f json`.</summary>
internal sealed record BenchVersion(string? App, string? Version);

using System.Globalization;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Servers;

/// <summary>Takes the figures of the disk's use once: our folders by walking them, Docker's from the engine, databases from MariaDB.</summary>
internal sealed class DiskMeasure(AgentPaths paths, BenchCatalog catalog, DockerUpkeep engine, MariaDb mariaDb, AgentOptions options, TimeProvider time)
{
    private const int MostItems = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>What can be said without measuring.</summary>
    public DiskUse Nothing()
    {
        var disk = new DriveInfo(paths.Home);
        return new DiskUse(MeasuredAt: null, IsMeasuring: false, 0, [], disk.TotalSize, disk.AvailableFreeSpace, DockerElsewhere: false, [], []);
    }

    public async Task<DiskUse> RunAsync(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var figures = new Figures();
        var walk = new DiskWalk(Limit, time, cancel);
        TakeFolders(figures, walk);
        if (walk.IsCut)
            figures.Missing.Add("The folders are so large that five minutes were not enough; what was not reached counts as \"Other\".");
        if (walk.Unreadable > 0)
            figures.Missing.Add(string.Create(CultureInfo.InvariantCulture, $"{walk.Unreadable} folders are not readable for the Agent and count as \"Other\"."));

        var isElsewhere = await TakeDockerAsync(figures, cancel);
        await TakeDatabasesAsync(figures, cancel);
        var plain = Nothing();
        if (isElsewhere)
            figures.Missing.Add("Docker's data is on another disk; images, containers and databases are shown, but are no part of this one.");

        var ours = figures.Parts.Where(part => !isElsewhere || part.Key is not (DiskPartKind.Images or DiskPartKind.Containers or DiskPartKind.Databases)).Sum(part => part.Value);
        figures.Add(DiskPartKind.Other, Math.Max(0, new DriveInfo(paths.Home).TotalSize - new DriveInfo(paths.Home).TotalFreeSpace - ours));
        return plain with
        {
            MeasuredAt = time.GetUtcNow(),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Missing = figures.Missing,
            DockerElsewhere = isElsewhere,
            Parts = [.. figures.Parts.Where(part => part.Value > 0).Select(part => new DiskPart(part.Key, part.Value))],
            Largest = [.. figures.Items.OrderByDescending(item => item.Bytes).Take(MostItems)],
        };
    }

    // The special parts first: what is counted is not counted again as part of the folder around it.
    private void TakeFolders(Figures figures, DiskWalk walk)
    {
        foreach (var bench in catalog.Folders())
        {
            foreach (var site in bench.ReadSites())
            {
                var folder = bench.SiteFolder(site);
                figures.Add(DiskPartKind.Backups, walk.Of(Path.Combine(folder, "private", "backups")), $"{site}/private/backups", bench.Bench, site);
                figures.Add(DiskPartKind.Logs, walk.Of(Path.Combine(folder, "logs")), $"{site}/logs", bench.Bench, site);
                figures.Add(DiskPartKind.SiteFiles, walk.Of(folder), site.Value, bench.Bench, site);
            }

            foreach (var folder in Folders(Path.Combine(bench.Path, "backups")))
                figures.Add(DiskPartKind.Backups, walk.Of(folder), $"backups/{Path.GetFileName(folder)}", bench.Bench, SiteName.TryParse(Path.GetFileName(folder), out var site) ? site : null);
            figures.Add(DiskPartKind.Backups, walk.Of(Path.Combine(bench.Path, "backups")));
            figures.Add(DiskPartKind.Logs, walk.Of(bench.Logs), "logs", bench.Bench);
            figures.Add(DiskPartKind.Benches, walk.Of(bench.Path), bench.Bench.Value, bench.Bench);
        }

        foreach (var folder in Folders(paths.ArchivedBenches))
            figures.Add(DiskPartKind.Archived, walk.Of(folder), Path.GetRelativePath(paths.ArchivedFolder, folder));
        foreach (var folder in Folders(paths.ArchivedFolder).Where(folder => folder != paths.ArchivedBenches))
            figures.Add(IsDroppedSite(folder) ? DiskPartKind.Trash : DiskPartKind.Archived, walk.Of(folder), Path.GetFileName(folder));
        figures.Add(DiskPartKind.Archived, walk.Of(paths.ArchivedFolder));
        figures.Add(DiskPartKind.Agent, walk.Of(paths.AgentFolder), "agent");
    }

    private async Task<bool> TakeDockerAsync(Figures figures, CancellationToken cancel)
    {
        try
        {
            var use = await engine.DiskUseAsync(cancel);
            figures.Add(DiskPartKind.Images, use.LayersSize);
            foreach (var image in use.Images ?? [])
                figures.Item(DiskPartKind.Images, image.Size, CleanUpPlanner.TagsOf(image).FirstOrDefault() ?? image.Id[..Math.Min(image.Id.Length, 19)]);
            figures.Add(DiskPartKind.Containers, (use.Containers ?? []).Sum(container => container.SizeRw ?? 0));

            var volumes = await engine.VolumesOfAsync(options.MariaDbContainer, cancel);
            figures.Add(DiskPartKind.Databases, (use.Volumes ?? []).Where(volume => volumes.Contains(volume.Name)).Sum(volume => Math.Max(0, volume.UsageData?.Size ?? 0)));
            return IsElsewhere(await engine.RootFolderAsync(cancel));
        }
        catch (DockerException exception)
        {
            figures.Missing.Add($"Images and databases could not be measured: {exception.Message}");
            return false;
        }
    }

    private async Task TakeDatabasesAsync(Figures figures, CancellationToken cancel)
    {
        try
        {
            var sizes = await mariaDb.SizesAsync(cancel);
            foreach (var bench in catalog.All())
            {
                foreach (var site in bench.Folder.ReadSites())
                {
                    if (Find(bench.Folder, site) is { } database && sizes.TryGetValue(database, out var bytes))
                        figures.Item(DiskPartKind.Databases, bytes, database, bench.Folder.Bench, site);
                }
            }
        }
        catch (JobFailedException exception)
        {
            figures.Missing.Add($"The sizes of single databases could not be read: {exception.Message}");
        }
    }

    private string? Find(BenchFolder bench, SiteName site)
    {
        try
        {
            return SiteOnServer.Require(catalog, bench.Bench, site).Database.Value;
        }
        catch (JobFailedException)
        {
            return null;
        }
    }

    // Two looks at one file system tell the same size and, within a moment, the same free room.
    private bool IsElsewhere(string dockerFolder)
    {
        try
        {
            var (home, docker) = (new DriveInfo(paths.Home), new DriveInfo(dockerFolder));
            return home.TotalSize != docker.TotalSize || Math.Abs(home.TotalFreeSpace - docker.TotalFreeSpace) > home.TotalSize / 100;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    // "{site}-{id}": what dropping a site leaves, from which it can be brought back.
    private static bool IsDroppedSite(string folder) => Path.GetFileName(folder) is { Length: > 37 } name && Guid.TryParseExact(name[^36..], "D", out _);

    private static string[] Folders(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    private sealed class Figures
    {
        public Dictionary<DiskPartKind, long> Parts { get; } = [];

        public List<DiskItem> Items { get; } = [];

        public List<string> Missing { get; } = [];

        public void Add(DiskPartKind kind, long bytes, string? name = null, BenchName? bench = null, SiteName? site = null)
        {
            Parts[kind] = Parts.GetValueOrDefault(kind) + bytes;
            if (name is not null)
                Item(kind, bytes, name, bench, site);
        }

        public void Item(DiskPartKind kind, long bytes, string name, BenchName? bench = null, SiteName? site = null)
        {
            if (bytes > 0)
                Items.Add(new DiskItem(kind, name, bench, site, bytes));
        }
    }
}

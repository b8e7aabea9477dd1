using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Servers;

/// <summary>
/// Finds what is ours and no longer needed. Ours is what carries our label with the name of a bench, what this Agent has pulled, and what lies in our own
/// folders; everything else on the server is somebody's and is not even listed.
/// </summary>
internal sealed class CleanUpPlanner(DockerUpkeep engine, DockerImages images, PulledImages pulled, BenchCatalog catalog, AgentPaths paths, JobStore store, TimeProvider time)
{
    private const int ArchiveDepth = 3;

    /// <summary>The plan as it is now. Reads only.</summary>
    public async Task<CleanUpPlan> MakeAsync(int? archivedDays, int jobDays, CancellationToken cancel)
    {
        var containers = await engine.ContainersAsync(cancel);
        List<CleanUpItem> items =
        [
            .. containers.Where(container => IsOrphan(container.Labels)).Select(container => new CleanUpItem(
                CleanUpKind.Container, container.Id, NameOf(container), $"Bench {BenchOf(container.Labels)} is gone; the container is {container.State}.", 0)),
            .. await NetworksAsync(containers, cancel),
            .. await VolumesAsync(cancel),
            .. await ImagesAsync(containers, cancel),
            .. Archived(archivedDays),
            .. JobHistory(jobDays),
        ];
        return new CleanUpPlan(Digest(items), items);
    }

    /// <summary>Ended before this, a job's history goes.</summary>
    public DateTimeOffset JobLimit(int days) => new(time.GetUtcNow().UtcDateTime.Date.AddDays(-days), TimeSpan.Zero);

    private async Task<IEnumerable<CleanUpItem>> NetworksAsync(IReadOnlyList<UpkeepContainer> containers, CancellationToken cancel)
    {
        // One that only joins containers which go as well is free by then.
        var going = containers.Where(container => IsOrphan(container.Labels)).Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        return from network in await engine.NetworksAsync(ServerLayout.Label, cancel)
               where IsOrphan(network.Labels) && (network.Containers ?? new Dictionary<string, EmptyObject>()).Keys.All(going.Contains)
               select new CleanUpItem(CleanUpKind.Network, network.Id, network.Name, $"Bench {BenchOf(network.Labels)} is gone, and nothing uses the network.", 0);
    }

    private async Task<IEnumerable<CleanUpItem>> VolumesAsync(CancellationToken cancel) =>
        from volume in await engine.UnusedVolumesAsync(ServerLayout.Label, cancel)
        where IsOrphan(volume.Labels)
        select new CleanUpItem(CleanUpKind.Volume, volume.Name, volume.Name, $"Bench {BenchOf(volume.Labels)} is gone, and no container has the volume.", Math.Max(0, volume.UsageData?.Size ?? 0));

    private async Task<List<CleanUpItem>> ImagesAsync(IReadOnlyList<UpkeepContainer> containers, CancellationToken cancel)
    {
        var ours = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var each in pulled.All())
        {
            // A pull that was killed after the engine had done it counts as done.
            var id = each.Id ?? (ImageReference.TryParse(each.Image, out var name) && await images.FindAsync(name, cancel) is { } now && now.Id != each.Before ? now.Id : null);
            if (id is null)
                continue;
            if (!ours.TryGetValue(id, out var names))
                ours.Add(id, names = new HashSet<string>(StringComparer.Ordinal));
            names.Add(each.Image);
        }

        var wanted = new HashSet<string>(containers.Select(container => container.ImageId).OfType<string>(), StringComparer.Ordinal);
        foreach (var (_, bench) in catalog.All())
        {
            foreach (var image in (ImageReference[])[bench.Image, bench.RedisImage])
            {
                if (await images.FindAsync(image, cancel) is { } details)
                    wanted.Add(details.Id);
            }
        }

        // A further name that we did not give is somebody's own use of the image.
        return
        [
            .. from image in await engine.ImagesAsync(cancel)
               where ours.TryGetValue(image.Id, out var names) && !wanted.Contains(image.Id) && TagsOf(image).All(names.Contains)
               select new CleanUpItem(CleanUpKind.Image, image.Id, string.Join(", ", ours[image.Id].Order(StringComparer.Ordinal)), "No bench and no container uses this image.", image.Size),
        ];
    }

    /// <summary>The names of an image; an image whose name went to a newer one has none.</summary>
    public static IEnumerable<string> TagsOf(UpkeepImage image) => (image.RepoTags ?? []).Where(tag => tag != "<none>:<none>");

    private List<CleanUpItem> Archived(int? days)
    {
        if (days is null || !Directory.Exists(paths.ArchivedFolder))
            return [];

        var limit = time.GetUtcNow().AddDays(-days.Value);
        var walk = new DiskWalk(TimeSpan.FromMinutes(1), time, CancellationToken.None);
        return
        [
            .. from path in Archives()
               let newest = Newest(path, ArchiveDepth)
               where newest < limit
               let name = Path.GetRelativePath(paths.ArchivedFolder, path)
               select new CleanUpItem(CleanUpKind.Archived, name, name, string.Create(CultureInfo.InvariantCulture, $"Archived on {newest:yyyy-MM-dd}."), walk.Of(path)),
        ];
    }

    // archived/benches holds one folder a bench; beside it are dropped sites.
    private IEnumerable<string> Archives() => Directory.EnumerateFileSystemEntries(paths.ArchivedFolder)
        .SelectMany(path => path == paths.ArchivedBenches ? Directory.EnumerateFileSystemEntries(path) : [path])
        .Order(StringComparer.Ordinal);

    // The newest change in it, near the top: what was moved there yesterday is not old, whatever its files say.
    private static DateTimeOffset Newest(string path, int depth)
    {
        if (FileFacts.Of(path) is not { } facts)
            return DateTimeOffset.MaxValue;
        var newest = facts.ChangedAt;
        if (depth == 0 || !facts.IsFolder)
            return newest;
        foreach (var below in Directory.EnumerateFileSystemEntries(path))
        {
            var changed = Newest(below, depth - 1);
            newest = changed > newest ? changed : newest;
        }

        return newest;
    }

    private List<CleanUpItem> JobHistory(int days)
    {
        var limit = JobLimit(days);
        var (jobs, bytes) = store.OlderThan(limit);
        var date = limit.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return jobs == 0 && bytes == 0 ? [] : [new CleanUpItem(CleanUpKind.JobHistory, date, $"Jobs that ended before {date}", string.Create(CultureInfo.InvariantCulture, $"{jobs} jobs; the portal has their history."), bytes)];
    }

    private bool IsOrphan(IReadOnlyDictionary<string, string>? labels) => BenchOf(labels) is { } bench && !Directory.Exists(paths.BenchFolder(bench));

    /// <summary>The bench that the label names; null for what all benches share.</summary>
    private static BenchName? BenchOf(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(ServerLayout.Label, out var value) && BenchName.TryParse(value, out var bench) ? bench : null;

    private static string NameOf(UpkeepContainer container) => (container.Names is [var first, ..] ? first : container.Id).TrimStart('/');

    private static string Digest(List<CleanUpItem> items) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', items.Select(item => $"{item.Kind}\t{item.Id}\t{item.Name}").Order(StringComparer.Ordinal)))));
}

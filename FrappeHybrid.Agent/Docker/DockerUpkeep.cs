using System.Text.Json;

namespace FrappeHybrid.Agent.Docker;

/// <summary>What the upkeep of the server asks of the engine, and takes away one by one: never with a filter, so that nothing goes that was not seen.</summary>
internal sealed class DockerUpkeep(DockerConnection connection)
{
    /// <summary>What everything in the engine takes. The engine walks its disk for it, one caller at a time.</summary>
    public Task<EngineDiskUse> DiskUseAsync(CancellationToken cancel) => connection.GetAsync("/system/df", DockerUpkeepJson.Default.EngineDiskUse, cancel);

    /// <summary>The engine's own folder.</summary>
    public async Task<string> RootFolderAsync(CancellationToken cancel) => (await connection.GetAsync("/info", DockerUpkeepJson.Default.EngineInfo, cancel)).DockerRootDir;

    /// <summary>Names of the volumes that a container has.</summary>
    public async Task<IReadOnlyList<string>> VolumesOfAsync(string container, CancellationToken cancel)
    {
        var mounts = (await connection.GetAsync($"/containers/{container}/json", DockerUpkeepJson.Default.MountedContainer, cancel)).Mounts ?? [];
        return [.. mounts.Where(mount => mount.Type == "volume").Select(mount => mount.Name).OfType<string>()];
    }

    /// <summary>All containers, foreign ones too: what they run is in use.</summary>
    public Task<IReadOnlyList<UpkeepContainer>> ContainersAsync(CancellationToken cancel) =>
        connection.GetAsync("/containers/json?all=1", DockerUpkeepJson.Default.IReadOnlyListUpkeepContainer, cancel);

    /// <summary>All images.</summary>
    public Task<IReadOnlyList<UpkeepImage>> ImagesAsync(CancellationToken cancel) =>
        connection.GetAsync("/images/json", DockerUpkeepJson.Default.IReadOnlyListUpkeepImage, cancel);

    /// <summary>Networks with that label, with whom they join.</summary>
    public async Task<IReadOnlyList<UpkeepNetwork>> NetworksAsync(string label, CancellationToken cancel)
    {
        var found = new List<UpkeepNetwork>();
        foreach (var network in await connection.GetAsync($"/networks?filters={Filters(new() { ["label"] = [label] })}", DockerUpkeepJson.Default.IReadOnlyListUpkeepNetwork, cancel))
        {
            // Only the look at one network tells its containers.
            if (await OrNullAsync(() => connection.GetAsync($"/networks/{network.Id}", DockerUpkeepJson.Default.UpkeepNetwork, cancel)) is { } details)
                found.Add(details);
        }

        return found;
    }

    /// <summary>Volumes with that label that no container has.</summary>
    public async Task<IReadOnlyList<UpkeepVolume>> UnusedVolumesAsync(string label, CancellationToken cancel)
    {
        var filters = Filters(new() { ["label"] = [label], ["dangling"] = ["true"] });
        return (await connection.GetAsync($"/volumes?filters={filters}", DockerUpkeepJson.Default.UpkeepVolumes, cancel)).Volumes ?? [];
    }

    /// <summary>False when it was gone already.</summary>
    public Task<bool> RemoveNetworkAsync(string id, CancellationToken cancel) => RemoveAsync($"/networks/{id}", cancel);

    /// <summary>False when it was gone already. The engine itself refuses one that a container has.</summary>
    public Task<bool> RemoveVolumeAsync(string name, CancellationToken cancel) => RemoveAsync($"/volumes/{Uri.EscapeDataString(name)}", cancel);

    /// <summary>Takes one name of an image away, with the last one the image; false when it was gone already. Parents that belong to others stay.</summary>
    public Task<bool> RemoveImageAsync(string nameOrId, CancellationToken cancel) => RemoveAsync($"/images/{nameOrId}?noprune=1", cancel);

    private async Task<bool> RemoveAsync(string path, CancellationToken cancel)
    {
        try
        {
            await connection.CallAsync(HttpMethod.Delete, path, content: null, cancel);
            return true;
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return false;
        }
    }

    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return null;
        }
    }

    private static string Filters(Dictionary<string, IReadOnlyList<string>> filters) =>
        Uri.EscapeDataString(JsonSerializer.Serialize(filters, DockerJson.Default.IReadOnlyDictionaryStringIReadOnlyListString));
}

using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FrappeHybrid.Agent.Docker;

/// <summary>The Docker engine of this server: containers, networks and what it says about itself.</summary>
internal sealed class DockerEngine(DockerConnection connection)
{
    public DockerConnection Connection => connection;

    public Task<EngineVersion> VersionAsync(CancellationToken cancel) => connection.GetAsync("/version", DockerJson.Default.EngineVersion, cancel);

    /// <summary>The container, or null when there is none.</summary>
    public async Task<ContainerDetails?> FindContainerAsync(string name, CancellationToken cancel)
    {
        try
        {
            return await connection.GetAsync($"/containers/{name}/json", DockerJson.Default.ContainerDetails, cancel);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>All containers with that label, stopped ones too.</summary>
    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(string label, string value, CancellationToken cancel) =>
        connection.GetAsync($"/containers/json?all=1&filters={LabelFilter(label, value)}", DockerJson.Default.IReadOnlyListContainerSummary, cancel);

    public async Task<string> CreateContainerAsync(string name, NewContainer container, CancellationToken cancel) =>
        (await connection.PostAsync($"/containers/create?name={name}", Json(container, DockerJson.Default.NewContainer), DockerJson.Default.CreatedObject, cancel)).Id;

    public Task StartAsync(string container, CancellationToken cancel) => connection.CallAsync(HttpMethod.Post, $"/containers/{container}/start", content: null, cancel);

    /// <summary>Asks it to end, and kills it after some seconds; it stays stopped.</summary>
    public Task StopAsync(string container, int seconds, CancellationToken cancel) =>
        connection.CallAsync(HttpMethod.Post, $"/containers/{container}/stop?t={seconds}", content: null, cancel);

    /// <summary>Asks it to end, kills it after some seconds, and starts it again.</summary>
    public Task RestartAsync(string container, int seconds, CancellationToken cancel) =>
        connection.CallAsync(HttpMethod.Post, $"/containers/{container}/restart?t={seconds}", content: null, cancel);

    /// <summary>Gives a container other limits while it runs.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="memory">In bytes.</param>
    /// <param name="nanoProcessors">Billionths of a processor; 0 leaves them as they are, because the engine knows no way back to none.</param>
    /// <param name="cancel">Leaves it.</param>
    public Task UpdateAsync(string container, long memory, long nanoProcessors, CancellationToken cancel)
    {
        // Memory and swap together are by default twice the memory, but only when a container is made; the engine refuses more memory than the old sum.
        var update = new ContainerUpdate(memory, memory * 2, nanoProcessors);
        return connection.CallAsync(HttpMethod.Post, $"/containers/{container}/update", Json(update, DockerJson.Default.ContainerUpdate), cancel);
    }

    /// <summary>The memory that a container uses now, without what the kernel could take back at once; 0 when it does not run.</summary>
    public async Task<long> MemoryOfAsync(string container, CancellationToken cancel)
    {
        var memory = (await connection.GetAsync($"/containers/{container}/stats?stream=false&one-shot=true", DockerJson.Default.ContainerStats, cancel)).Memory;
        if (memory is null)
            return 0;

        // The same sum as `docker stats`: the name differs between the two versions of control groups.
        var details = memory.Details;
        var idle = details?.GetValueOrDefault("total_inactive_file", details.GetValueOrDefault("inactive_file")) ?? 0;
        return Math.Max(0, memory.Usage - idle);
    }

    /// <summary>Waits until it has ended, and gives its exit code.</summary>
    public async Task<int> WaitAsync(string container, CancellationToken cancel)
    {
        using var response = await connection.SendAsync(HttpMethod.Post, $"/containers/{container}/wait", content: null, cancel);
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        return (await JsonSerializer.DeserializeAsync(stream, DockerJson.Default.WaitAnswer, cancel))?.StatusCode ?? -1;
    }

    /// <summary>Takes a container away with its anonymous volumes, running or not; nothing happens when there is none.</summary>
    public async Task RemoveContainerAsync(string container, CancellationToken cancel)
    {
        try
        {
            await connection.CallAsync(HttpMethod.Delete, $"/containers/{container}?force=1&v=1", content: null, cancel);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            // Gone already, which is what was wanted.
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.Conflict && exception.Message.Contains("already in progress", StringComparison.OrdinalIgnoreCase))
        {
            // A killed predecessor of ours asked for the same; the engine is at it.
            await WaitUntilGoneAsync(container, cancel);
        }
    }

    /// <summary>The network, or null when there is none of exactly this name.</summary>
    public async Task<NetworkDetails?> FindNetworkAsync(string name, CancellationToken cancel)
    {
        try
        {
            var network = await connection.GetAsync($"/networks/{name}", DockerJson.Default.NetworkDetails, cancel);

            // The engine also answers to the beginning of an id, and a bench may be called "cafe".
            return network.Name == name ? network : null;
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return null;
        }
    }

    public async Task<string> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancel)
    {
        var network = new NewNetwork(name, "bridge", CheckDuplicate: true, labels);
        return (await connection.PostAsync("/networks/create", Json(network, DockerJson.Default.NewNetwork), DockerJson.Default.CreatedObject, cancel)).Id;
    }

    public Task ConnectAsync(string network, string container, CancellationToken cancel) =>
        connection.CallAsync(HttpMethod.Post, $"/networks/{network}/connect", Json(new NetworkConnection(container, EndpointConfig: null), DockerJson.Default.NetworkConnection), cancel);

    /// <summary>Takes all networks with that label away; nothing happens when there are none.</summary>
    public async Task RemoveNetworksAsync(string label, string value, CancellationToken cancel)
    {
        var networks = await connection.GetAsync($"/networks?filters={LabelFilter(label, value)}", DockerJson.Default.IReadOnlyListNetworkSummary, cancel);
        foreach (var network in networks)
        {
            try
            {
                await connection.CallAsync(HttpMethod.Delete, $"/networks/{network.Id}", content: null, cancel);
            }
            catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
            {
                // Gone already.
            }
        }
    }

    internal static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task WaitUntilGoneAsync(string container, CancellationToken cancel)
    {
        try
        {
            using var response = await connection.SendAsync(HttpMethod.Post, $"/containers/{container}/wait?condition=removed", content: null, cancel);
            await response.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            // It went in between.
        }
    }

    private static string LabelFilter(string label, string value) => Uri.EscapeDataString(
        JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<string>> { ["label"] = [$"{label}={value}"] }, DockerJson.Default.IReadOnlyDictionaryStringIReadOnlyListString));
}

using System.Text.Json.Serialization;

namespace FrappeHybrid.Agent.Docker;

// The engine's own names and shapes, no more of them than are used.
internal sealed record EngineMessage([property: JsonPropertyName("message")] string? Message);

internal sealed record EngineVersion(string Version, string ApiVersion);

internal sealed record CreatedObject(string Id);

internal sealed record ImageDetails(string Id, IReadOnlyList<string>? RepoDigests, long Size, RootFileSystem? RootFS);

internal sealed record RootFileSystem(IReadOnlyList<string>? Layers);

internal sealed record PullLine(
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("progressDetail")] PullAmount? Progress);

internal sealed record PullAmount([property: JsonPropertyName("current")] long Current, [property: JsonPropertyName("total")] long Total);

internal sealed record ContainerSummary(string Id, IReadOnlyList<string> Names, string State, IReadOnlyDictionary<string, string>? Labels);

internal sealed record ContainerDetails(
    string Id, string Name, int RestartCount, ContainerState State, ContainerConfig? Config, ContainerHostConfig? HostConfig, ContainerNetworks? NetworkSettings);

internal sealed record ContainerState(string Status, bool Running, bool OOMKilled, int ExitCode, string? StartedAt, int Pid, ContainerHealth? Health = null);

/// <summary>What the image's own health check says; none without one.</summary>
internal sealed record ContainerHealth(string? Status);

internal sealed record ContainerConfig(IReadOnlyDictionary<string, string>? Labels, string? Image);

internal sealed record ContainerHostConfig(long Memory, long NanoCpus);

internal sealed record ContainerNetworks(IReadOnlyDictionary<string, NetworkEndpoint>? Networks);

internal sealed record NetworkEndpoint(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Aliases = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IPAddress = null);

internal sealed record NewContainer(
    string Image,
    IReadOnlyList<string>? Entrypoint,
    IReadOnlyList<string>? Cmd,
    IReadOnlyList<string> Env,
    IReadOnlyDictionary<string, string> Labels,
    string? User,
    IReadOnlyDictionary<string, EmptyObject>? ExposedPorts,
    NewHostConfig HostConfig,
    NewNetworking? NetworkingConfig);

internal sealed record NewHostConfig(
    IReadOnlyList<string> Binds,
    IReadOnlyDictionary<string, string>? Tmpfs,
    IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings,
    RestartPolicy RestartPolicy,
    long Memory,
    long NanoCpus,
    LogSettings LogConfig,
    string? NetworkMode,
    bool Init,
    IReadOnlyList<string>? SecurityOpt);

/// <summary>0 leaves a value as it is.</summary>
internal sealed record ContainerUpdate(long Memory, long MemorySwap, long NanoCpus);

internal sealed record ContainerStats([property: JsonPropertyName("memory_stats")] MemoryStats? Memory);

internal sealed record MemoryStats(
    [property: JsonPropertyName("usage")] long Usage, [property: JsonPropertyName("stats")] IReadOnlyDictionary<string, long>? Details);

internal sealed record EmptyObject;

internal sealed record PortBinding(string HostIp, string HostPort);

internal sealed record RestartPolicy(string Name);

internal sealed record LogSettings(string Type, IReadOnlyDictionary<string, string> Config);

internal sealed record NewNetworking(IReadOnlyDictionary<string, NetworkEndpoint> EndpointsConfig);

internal sealed record NewNetwork(string Name, string Driver, bool CheckDuplicate, IReadOnlyDictionary<string, string> Labels);

internal sealed record NetworkSummary(string Id, string Name, IReadOnlyDictionary<string, string>? Labels);

internal sealed record NetworkDetails(string Id, string Name, AddressManagement? IPAM);

internal sealed record AddressManagement(IReadOnlyList<AddressPool>? Config);

internal sealed record AddressPool(string? Subnet, string? Gateway);

internal sealed record NetworkConnection(string Container, NetworkEndpoint? EndpointConfig);

internal sealed record NewExec(
    bool AttachStdin, bool AttachStdout, bool AttachStderr, bool Tty, IReadOnlyList<string> Cmd, IReadOnlyList<string>? Env, string? User, string? WorkingDir);

internal sealed record StartExec(bool Detach, bool Tty);

internal sealed record ExecDetails(bool Running, int? ExitCode, int Pid);

internal sealed record WaitAnswer(int StatusCode);

internal sealed record RegistryAuth(
    [property: JsonPropertyName("username")] string UserName,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("serveraddress")] string ServerAddress);

/// <summary>JSON of the engine's API.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineMessage))]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(CreatedObject))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(PullLine))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(NewContainer))]
[JsonSerializable(typeof(ContainerUpdate))]
[JsonSerializable(typeof(ContainerStats))]
[JsonSerializable(typeof(NewNetwork))]
[JsonSerializable(typeof(IReadOnlyList<NetworkSummary>))]
[JsonSerializable(typeof(NetworkDetails))]
[JsonSerializable(typeof(NetworkConnection))]
[JsonSerializable(typeof(NewExec))]
[JsonSerializable(typeof(StartExec))]
[JsonSerializable(typeof(ExecDetails))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(RegistryAuth))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class DockerJson : JsonSerializerContext;

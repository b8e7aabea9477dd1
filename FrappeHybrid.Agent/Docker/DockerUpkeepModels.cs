using System.Text.Json.Serialization;

namespace FrappeHybrid.Agent.Docker;

// The engine's own names and shapes, no more of them than are used.
internal sealed record EngineInfo(string DockerRootDir);

internal sealed record EngineDiskUse(long LayersSize, IReadOnlyList<UpkeepImage>? Images, IReadOnlyList<WrittenContainer>? Containers, IReadOnlyList<UpkeepVolume>? Volumes);

internal sealed record WrittenContainer(long? SizeRw);

internal sealed record MountedContainer(IReadOnlyList<ContainerMount>? Mounts);

internal sealed record ContainerMount(string? Type, string? Name);

internal sealed record UpkeepContainer(
    string Id, IReadOnlyList<string>? Names, [property: JsonPropertyName("ImageID")] string? ImageId, string? State, IReadOnlyDictionary<string, string>? Labels);

internal sealed record UpkeepImage(string Id, IReadOnlyList<string>? RepoTags, long Size);

internal sealed record UpkeepNetwork(
    string Id, string Name, IReadOnlyDictionary<string, string>? Labels, IReadOnlyDictionary<string, EmptyObject>? Containers);

internal sealed record UpkeepVolumes(IReadOnlyList<UpkeepVolume>? Volumes);

internal sealed record UpkeepVolume(string Name, IReadOnlyDictionary<string, string>? Labels, VolumeUse? UsageData);

internal sealed record VolumeUse(long Size);

/// <summary>JSON of the part of the engine's API that the upkeep uses.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(EngineDiskUse))]
[JsonSerializable(typeof(MountedContainer))]
[JsonSerializable(typeof(IReadOnlyList<UpkeepContainer>))]
[JsonSerializable(typeof(IReadOnlyList<UpkeepImage>))]
[JsonSerializable(typeof(IReadOnlyList<UpkeepNetwork>))]
[JsonSerializable(typeof(UpkeepVolumes))]
internal sealed partial class DockerUpkeepJson : JsonSerializerContext;

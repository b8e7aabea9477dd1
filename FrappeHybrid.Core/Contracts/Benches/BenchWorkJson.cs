using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>JSON of everyday work on a bench, made at build time so that the Agent can be trimmed.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestartBenchRequest))]
[JsonSerializable(typeof(RestartBenchResult))]
[JsonSerializable(typeof(BenchLimits))]
[JsonSerializable(typeof(BenchWorkers))]
[JsonSerializable(typeof(BenchEnvironmentRequest))]
[JsonSerializable(typeof(BenchEnvironmentResult))]
[JsonSerializable(typeof(IReadOnlyList<BenchVariable>))]
[JsonSerializable(typeof(BenchDoctorReport))]
[JsonSerializable(typeof(BenchNetwork))]
[JsonSerializable(typeof(ArchiveBenchRequest))]
[JsonSerializable(typeof(ArchiveBenchResult))]
[JsonSerializable(typeof(PullImageRequest))]
[JsonSerializable(typeof(IReadOnlyList<LogFile>))]
[JsonSerializable(typeof(LogText))]
[JsonSerializable(typeof(PullImageResult))]
[JsonSerializable(typeof(IReadOnlyList<RegistrySignIn>))]
public sealed partial class BenchWorkJson : JsonSerializerContext;

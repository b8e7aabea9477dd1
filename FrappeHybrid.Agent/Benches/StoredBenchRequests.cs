using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>A request for a restart as agent.db keeps it: with its bench.</summary>
internal sealed record StoredRestart(BenchName Bench, IReadOnlyList<BenchService> Services);

/// <summary>A request for other limits as agent.db keeps it.</summary>
internal sealed record StoredLimits(BenchName Bench, BenchLimits Limits);

/// <summary>A request for other counts of processes as agent.db keeps it.</summary>
internal sealed record StoredWorkers(BenchName Bench, BenchWorkers Workers);

/// <summary>A request about a bench that needs nothing but its name.</summary>
internal sealed record StoredBench(BenchName Bench);

/// <summary>A request to pull an image as agent.db keeps it: without the sign-in.</summary>
internal sealed record StoredPull(ImageReference Image);

/// <summary>JSON of them, and of what their claims hold.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredRestart))]
[JsonSerializable(typeof(StoredLimits))]
[JsonSerializable(typeof(StoredWorkers))]
[JsonSerializable(typeof(StoredBench))]
[JsonSerializable(typeof(StoredPull))]
internal sealed partial class StoredBenchJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>JSON that only the store reads again.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobError))]
internal sealed partial class StoreJson : JsonSerializerContext;

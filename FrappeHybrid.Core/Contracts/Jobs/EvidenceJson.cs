using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>JSON of <see cref="JobEvidence"/>, made at build time because the Agent is trimmed.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobEvidence))]
public sealed partial class EvidenceJson : JsonSerializerContext;

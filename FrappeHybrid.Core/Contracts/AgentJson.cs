using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Core.Contracts;

/// <summary>JSON of every message between Portal and Agent, made at build time so that the Agent can be trimmed.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Pong))]
[JsonSerializable(typeof(AgentVersion))]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(NewBenchRequest))]
[JsonSerializable(typeof(NewBenchResult))]
[JsonSerializable(typeof(BenchInfo))]
[JsonSerializable(typeof(IReadOnlyList<BenchInfo>))]
[JsonSerializable(typeof(NewSiteRequest))]
[JsonSerializable(typeof(NewSiteResult))]
[JsonSerializable(typeof(SiteInfo))]
[JsonSerializable(typeof(IReadOnlyList<SiteInfo>))]
[JsonSerializable(typeof(JobSnapshot))]
[JsonSerializable(typeof(IReadOnlyList<JobSnapshot>))]
[JsonSerializable(typeof(FeedEvent))]
[JsonSerializable(typeof(LogBatch))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(LogFindings))]
[JsonSerializable(typeof(AgentProblem))]
public sealed partial class AgentJson : JsonSerializerContext;

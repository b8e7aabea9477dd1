using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>What the server has to say about a job: for the support bundle. Secrets are taken out before it leaves the server.</summary>
/// <param name="AgentVersion">The Agent's version.</param>
/// <param name="Server">The machine now.</param>
/// <param name="Log">What the Agent itself has said lately, oldest first; nothing from before its last start.</param>
/// <param name="Services">The bench's services with the end of their output; empty when no bench was asked for or it is not there.</param>
public sealed record JobEvidence(string AgentVersion, ServerInfo Server, string Log, IReadOnlyList<ServiceEvidence> Services);

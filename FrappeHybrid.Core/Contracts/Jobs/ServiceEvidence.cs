namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>One service of a bench as evidence.</summary>
/// <param name="Service">Its name, e.g. "backend".</param>
/// <param name="State">The engine's word, e.g. "running"; "missing" when there is no container.</param>
/// <param name="Output">The last 200 lines, secrets taken out.</param>
public sealed record ServiceEvidence(string Service, string State, string Output);

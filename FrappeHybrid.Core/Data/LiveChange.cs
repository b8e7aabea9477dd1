namespace FrappeHybrid.Core.Data;

/// <summary>Something was stored.</summary>
/// <param name="Entity">Class name of the entity: "Server", "Play", "Job", "Bench", "Site", "PreflightReport"; "RunOutput" for new output (then <see cref="Id"/> is the run's).</param>
/// <param name="Id">Its id.</param>
/// <param name="TeamId">Whose it is.</param>
public sealed record LiveChange(string Entity, Guid Id, Guid TeamId);

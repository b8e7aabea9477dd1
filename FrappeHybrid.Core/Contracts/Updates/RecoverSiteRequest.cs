namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>`POST /benches/{bench}/sites/{site}/recover`: says nothing, because the Agent has it written down.</summary>
public sealed record RecoverSiteRequest;

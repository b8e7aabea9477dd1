namespace FrappeHybrid.Core.Contracts;

/// <summary>The Agent's configuration file (<see cref="ServerLayout.AgentSettings"/>), written by the play; holds no secret.</summary>
/// <param name="ServerId">Which server of the portal this is.</param>
/// <param name="PortalCertificateFingerprints">SHA-256 of the portal's client certificates (hex, upper case) that may speak to the Agent; two while a key is being changed.</param>
/// <param name="ListenPort">Normally <see cref="AgentRoutes.Port"/>.</param>
public sealed record AgentSettings(Guid ServerId, IReadOnlyList<string> PortalCertificateFingerprints, int ListenPort = AgentRoutes.Port);

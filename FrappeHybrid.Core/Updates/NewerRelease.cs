namespace FrappeHybrid.Core.Updates;

/// <summary>A newer release that no bench of the server runs yet.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Name">What a customer reads.</param>
/// <param name="Version">Version of Frappe in it.</param>
public sealed record NewerRelease(Guid ReleaseId, string Name, string Version);

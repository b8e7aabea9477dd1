namespace FrappeHybrid.Core.Updates;

/// <summary>What a site, or all sites of a bench, can be updated to.</summary>
/// <param name="Version">The version now.</param>
/// <param name="Targets">Benches of the server with a newer release, the newest first.</param>
/// <param name="Releases">Newer releases with no bench on the server yet, the newest first.</param>
/// <param name="LastJobId">The last update, migration or recovery; null when there was none, or when it is about a bench.</param>
public sealed record UpdateOffer(string Version, IReadOnlyList<UpdateTarget> Targets, IReadOnlyList<NewerRelease> Releases, Guid? LastJobId);

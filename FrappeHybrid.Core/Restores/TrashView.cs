using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Restores;

/// <summary>A dropped site as the trash shows it.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Place">Whose it is, and where.</param>
/// <param name="Name">What it was called.</param>
/// <param name="ServerName">Where its archive is.</param>
/// <param name="ServerId">Where its archive is.</param>
/// <param name="BenchName">The bench in which it was.</param>
/// <param name="Apps">Its apps.</param>
/// <param name="DroppedAt">When it was dropped.</param>
/// <param name="Until">When it is deleted for ever.</param>
/// <param name="CanComeBack">Its database was backed up.</param>
/// <param name="State">Trashed, or Working while it is brought back.</param>
/// <param name="Note">What went wrong the last time; null otherwise.</param>
/// <param name="LastJobId">The last job about it.</param>
public sealed record TrashView(
    Guid SiteId, Place Place, string Name, Guid ServerId, string ServerName, string BenchName, IReadOnlyList<string> Apps, DateTimeOffset DroppedAt, DateTimeOffset Until,
    bool CanComeBack, SiteState State, string? Note, Guid? LastJobId);

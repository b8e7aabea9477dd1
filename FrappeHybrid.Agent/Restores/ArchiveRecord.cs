using System.Text.Json.Nodes;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Restores;

/// <summary>archive.json: what is needed to bring a dropped site back.</summary>
/// <param name="Bench">Where it was.</param>
/// <param name="Site">What it was called.</param>
/// <param name="DroppedAt">When.</param>
/// <param name="SchedulerOn">Its own switch of its scheduler.</param>
/// <param name="Maintenance">The two keys of maintenance mode as they were before the drop.</param>
/// <param name="FinalBackup">The dump from which it comes back; null when it has none, then it cannot come back.</param>
internal sealed record ArchiveRecord(BenchName Bench, SiteName Site, DateTimeOffset DroppedAt, bool SchedulerOn, JsonObject Maintenance, BackupRecord? FinalBackup);

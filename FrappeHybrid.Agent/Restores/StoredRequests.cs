using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>A restore as agent.db keeps it.</summary>
internal sealed record StoredRestore(BenchName Bench, SiteName Site, BackupPlace Backup, bool SafetyBackup);

/// <summary>A new site from a backup, without its password.</summary>
internal sealed record StoredNewSite(BenchName Bench, SiteName Site, BackupPlace Backup, bool Quiet);

/// <summary>A clone, without its password.</summary>
internal sealed record StoredClone(BenchName Bench, SiteName Site, BenchName ToBench, SiteName Name, bool Quiet);

/// <summary>A reinstall, without its password.</summary>
internal sealed record StoredReinstall(BenchName Bench, SiteName Site, bool SafetyBackup);

/// <summary>A drop.</summary>
internal sealed record StoredDrop(BenchName Bench, SiteName Site, bool WithoutBackup);

/// <summary>A site to bring back.</summary>
internal sealed record StoredUntrash(BenchName Bench, SiteName Site, Guid Archive, SiteName ArchivedName);

/// <summary>JSON of what agent.db keeps of these requests.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredRestore))]
[JsonSerializable(typeof(StoredNewSite))]
[JsonSerializable(typeof(StoredClone))]
[JsonSerializable(typeof(StoredReinstall))]
[JsonSerializable(typeof(StoredDrop))]
[JsonSerializable(typeof(StoredUntrash))]
[JsonSerializable(typeof(PurgeSiteRequest))]
[JsonSerializable(typeof(ArchiveRecord))]
internal sealed partial class StoredRestoreJson : JsonSerializerContext;

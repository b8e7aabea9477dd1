using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>JSON of backups.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupSiteRequest))]
[JsonSerializable(typeof(KeepUploadRequest))]
[JsonSerializable(typeof(BackupRecord))]
[JsonSerializable(typeof(IReadOnlyList<BackupRecord>))]
[JsonSerializable(typeof(BackupFile))]
[JsonSerializable(typeof(IReadOnlyList<BackupFile>))]
public sealed partial class BackupJson : JsonSerializerContext;

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>The Agent's paths for backups. Templates for the Agent, builders for the Portal.</summary>
public static class BackupRoutes
{
    /// <summary>Header with a file's SHA-256 in hex, on downloads and in the answer to an upload.</summary>
    public const string Sha256Header = "X-Sha256";

    /// <summary>GET the list, POST to take one.</summary>
    public const string Backups = "/benches/{bench}/sites/{site}/backups";

    /// <summary>DELETE one.</summary>
    public const string Backup = "/benches/{bench}/sites/{site}/backups/{backup}";

    /// <summary>GET one file of one, as it is.</summary>
    public const string File = "/benches/{bench}/sites/{site}/backups/{backup}/files/{kind}";

    /// <summary>POST when all files of an upload are there.</summary>
    public const string Upload = "/benches/{bench}/sites/{site}/uploads/{upload}";

    /// <summary>PUT one file of an upload, of any size.</summary>
    public const string UploadFile = "/benches/{bench}/sites/{site}/uploads/{upload}/files/{kind}";

    public static string ForBackups(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/backups";

    public static string ForBackup(BenchName bench, SiteName site, Guid backup) => $"/benches/{bench}/sites/{site}/backups/{backup}";

    public static string ForFile(BenchName bench, SiteName site, Guid backup, BackupFileKind kind) => $"{ForBackup(bench, site, backup)}/files/{kind}";

    public static string ForUpload(BenchName bench, SiteName site, Guid upload) => $"/benches/{bench}/sites/{site}/uploads/{upload}";

    public static string ForUploadFile(BenchName bench, SiteName site, Guid upload, BackupFileKind kind) => $"{ForUpload(bench, site, upload)}/files/{kind}";
}

using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>The files that a backup is made of, as bench makes them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupFileKind>))]
public enum BackupFileKind
{
    /// <summary>The dump, gzipped SQL with the Frappe header; every backup has it.</summary>
    Database,

    /// <summary>public/files as tar.</summary>
    PublicFiles,

    /// <summary>private/files as tar.</summary>
    PrivateFiles,

    /// <summary>site_config.json, which holds the encryption key without which stored passwords cannot be read.</summary>
    SiteConfig,
}

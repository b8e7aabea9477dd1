using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>Why a backup was made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupKind>))]
public enum BackupKind
{
    /// <summary>Somebody pressed "Back up now".</summary>
    Manual,

    /// <summary>Before something that replaces or takes away data: a restore, a reinstall, the removal of an app.</summary>
    Safety,

    /// <summary>Before a move to a newer release.</summary>
    Update,

    /// <summary>The last one, before the site was dropped.</summary>
    Final,

    /// <summary>Brought from elsewhere by a person.</summary>
    Upload,
}

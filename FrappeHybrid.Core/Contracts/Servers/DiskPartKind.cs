using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>What a part of the disk is used for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiskPartKind>))]
public enum DiskPartKind
{
    /// <summary>The database server's data: all sites' databases and its own files.</summary>
    Databases,

    /// <summary>Sites' own folders, without backups and logs.</summary>
    SiteFiles,

    /// <summary>Backups on the server, of every site.</summary>
    Backups,

    /// <summary>Benches' folders, without sites, backups and logs.</summary>
    Benches,

    /// <summary>Docker's images, layers that several share counted once.</summary>
    Images,

    /// <summary>What containers have written outside of their folders.</summary>
    Containers,

    /// <summary>What was archived.</summary>
    Archived,

    /// <summary>Dropped sites that can still be brought back.</summary>
    Trash,

    /// <summary>Logs of benches and sites.</summary>
    Logs,

    /// <summary>The Agent's program and the history of its jobs.</summary>
    Agent,

    /// <summary>Everything else on the disk: the system, and what is not ours.</summary>
    Other,
}

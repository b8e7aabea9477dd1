using System.Text.Json.Serialization;

namespace FrappeHybrid.Agent.Updates;

/// <summary>How far an update or a migration has come, which says what its way back has to do. Stored before the first side effect of each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdatePhase>))]
internal enum UpdatePhase
{
    /// <summary>Maintenance is on, or about to be; tables are being copied. The site itself is untouched.</summary>
    Preparing,

    /// <summary>All tables are copied.</summary>
    Copied,

    /// <summary>The folder is being moved, or was; nginx too. The database is untouched.</summary>
    Moving,

    /// <summary>migrate is at work, or was: any table may have changed.</summary>
    Migrating,

    /// <summary>On the way back: the tables are as they were.</summary>
    TablesBack,
}

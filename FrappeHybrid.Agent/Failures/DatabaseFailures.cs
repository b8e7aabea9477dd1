using FrappeHybrid.Core.Contracts.Jobs;
using static FrappeHybrid.Agent.Failures.FailurePattern;

namespace FrappeHybrid.Agent.Failures;

/// <summary>What MariaDB and Redis refuse. The numbers are MariaDB's own.</summary>
internal static class DatabaseFailures
{
    public static IReadOnlyList<FailurePattern> All { get; } =
    [
        new(
            "database-refused", JobErrorCodes.DatabaseRefused, "MariaDB refused the sign-in.",
            "For a site's own user: the password in its site_config.json is not the database's. For root: run \"Set up server\" again; it checks the password.", MariaDb(1045, 1044, 1698, 1227)),
        new(
            "database-name-unknown", JobErrorCodes.DatabaseUnreachable, "The name of the MariaDB container cannot be resolved in the bench.",
            "MariaDB is stopped, or the bench is not on its network. Start MariaDB; \"Set up server\" makes what is missing.",
            "(2003, … name resolution", "(2003, … Name or service not known", "(2005, ", "ERROR 2005 (", "Got error: 2005"),
        new(
            "database-unreachable", JobErrorCodes.DatabaseUnreachable, "MariaDB does not answer.", "Look whether its container runs and what its log says.",
            ["Service mariadb is not running", .. MariaDb(2002, 2003)]),
        new(
            "too-many-connections", JobErrorCodes.DatabaseBusy, "MariaDB has as many connections as it takes.", "Wait until less is going on, or raise max_connections; a site that keeps connections open is the usual reason.",
            MariaDb(1040, 1203)),
        new(
            "packet-too-large", JobErrorCodes.PacketTooLarge, "A row is larger than MariaDB takes in one piece.", "Raise max_allowed_packet of MariaDB (64M or more), restart it, and start the job again.",
            ["Got a packet bigger than", .. MariaDb(1153)]),
        new(
            "connection-lost", JobErrorCodes.DatabaseUnreachable, "MariaDB ended the connection in the middle.", "It was restarted, ran out of memory, or the statement was too large: its log says which. Start the job again.",
            MariaDb(2006, 2013, 2055)),
        new(
            "row-too-large", JobErrorCodes.RowTooLarge, "A table has more columns than MariaDB can keep in one row.",
            "In \"Customize Form\" change long text fields of that document type from Data to Small Text, or remove custom fields, and start the job again.", ["Row size too large", .. MariaDb(1118)]),
        new(
            "lock-timeout", JobErrorCodes.DatabaseBusy, "Something else held a row of the database for too long.", "A background job of the site is the usual one. Start the job again when it is through.", MariaDb(1205)),
        new("deadlock", JobErrorCodes.DatabaseBusy, "Two changes of the database waited for each other.", "MariaDB gave one of them up. Start the job again.", MariaDb(1213)),
        new(
            "statement-time", JobErrorCodes.DatabaseBusy, "A statement took longer than MariaDB allows.", "Raise max_statement_time of MariaDB, or start the job when the server has less to do.", MariaDb(1969, 3024)),
        new(
            "table-full", JobErrorCodes.DiskFull, "MariaDB cannot make a table any larger.", "Its disk is full, or the limit of a table in memory is reached (max_heap_table_size).", MariaDb(1114)),
        new(
            "table-damaged", JobErrorCodes.DatabaseDamaged, "A table of the database is damaged.", "Look at MariaDB's log; `mariadb-check --repair` may mend it. Otherwise restore the last backup.",
            ["is marked as crashed", "Incorrect key file for table", "Index for table … is corrupt", .. MariaDb(1034, 145)]),
        new("database-exists", JobErrorCodes.SiteExists, "A database of this name is there already.", "It may be left from an earlier site; look at it before you remove it.", ["Database … already exists", .. MariaDb(1007)]),
        new(
            "table-missing", JobErrorCodes.DatabaseDamaged, "A table that the site needs is not in its database.", "The database was restored only half, or its tables were removed by hand. Restore the last whole backup.", MariaDb(1146)),
        new(
            "column-unknown", JobErrorCodes.SchemaMismatch, "The database lacks a column that the code asks for.", "The site was not migrated to this version, or a patch is wrong. Migrate the site; if a patch says it, tell the app's maker.", MariaDb(1054)),
        new("column-exists", JobErrorCodes.SchemaMismatch, "A column that is to be added is there already.", "An earlier try got half-way. Restore the backup from before it, or skip the patch when it did nothing else.", MariaDb(1060)),
        new("value-does-not-fit", JobErrorCodes.SchemaMismatch, "A value does not fit its column.", "Shorten the value that the output names, or make the field longer, and start the job again.", MariaDb(1264, 1406, 1366)),
        new("duplicate-entry", JobErrorCodes.SchemaMismatch, "A name is there twice that may be there once only.", "The output names it: rename or remove one of the two, and start the job again.", MariaDb(1062)),
        new(
            "redis-full", JobErrorCodes.NotReady, "A Redis of the bench has used up its memory.", "Clear the bench's queue of what is no longer needed, or give Redis a higher limit.", "OOM command not allowed when used memory"),
        new("redis-cannot-save", JobErrorCodes.NotReady, "A Redis of the bench cannot write to its disk and takes no changes.", "Look at the free space of the server and at the output of redis-queue.", "MISCONF Redis is configured"),
        new("redis-loading", JobErrorCodes.NotReady, "A Redis of the bench still reads its data.", "Wait a moment and start the job again.", "LOADING Redis is loading", "BusyLoadingError"),
        new(
            "redis-down", JobErrorCodes.NotReady, "A Redis of the bench does not answer.", "Look at the bench's services redis-cache and redis-queue; restart the one that is stopped.",
            "Service redis_ … is not running", "redis.exceptions.ConnectionError", "redis.exceptions.TimeoutError"),
    ];
}

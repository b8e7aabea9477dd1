using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Data;

/// <summary>What an act must tell apart when a save fails.</summary>
internal static class DatabaseErrors
{
    private const int UniqueConstraint = 2067; // SQLITE_CONSTRAINT_UNIQUE

    /// <summary>Another act took the name between our look and our write; the index is the judge.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception) => exception.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueConstraint };
}

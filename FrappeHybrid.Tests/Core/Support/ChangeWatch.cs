using Microsoft.Data.Sqlite;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Tells whether anybody has written anything into the portal's file since it began: SQLite counts the commits of others.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly long before;

    public ChangeWatch(TestCore core)
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(core.Folder, "portal.db")};Pooling=False");
        connection.Open();
        before = Version();
    }

    public bool Any() => Version() != before;

    public void Dispose() => connection.Dispose();

    private long Version()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }
}

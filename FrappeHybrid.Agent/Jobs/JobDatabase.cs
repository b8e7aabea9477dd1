using System.Globalization;
using System.Security.Cryptography;
using FrappeHybrid.Agent.Settings;
using Microsoft.Data.Sqlite;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// agent.db. One connection writes, under a lock, because SQLite has one writer anyway; readers have their own and never wait for it (WAL).
/// synchronous is FULL: what the feed has told must not be untold by a power cut, or its numbers would come again with another meaning and the portal
/// would skip them; and a claim must be on the disk before the thing it names is.
/// </summary>
internal sealed class JobDatabase : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS jobs (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            state TEXT NOT NULL,
            request TEXT NOT NULL,
            stored_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            queue_position INTEGER NOT NULL DEFAULT 0,
            outcome_state TEXT,
            error TEXT,
            result TEXT);
        CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, sequence);
        CREATE TABLE IF NOT EXISTS steps (
            job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            state TEXT NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            progress INTEGER,
            summary TEXT,
            PRIMARY KEY (job_id, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS claims (
            job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (job_id, kind, value)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS feed (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, event TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS feed_by_time ON feed (at);
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection writer;
    private readonly string connectionString;

    public JobDatabase(AgentPaths paths)
    {
        Directory.CreateDirectory(paths.AgentFolder);

        // SQLite gives its -wal and -shm files the mode of the database itself, so this one call settles all three.
        using (new FileStream(paths.Database, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = DurableFile.Secret }))
        {
        }

        connectionString = new SqliteConnectionStringBuilder { DataSource = paths.Database, DefaultTimeout = 10 }.ToString();
        writer = Open();
        Execute(writer, "PRAGMA journal_mode = WAL;");
        Execute(writer, Schema);
        Epoch = OpenEpoch();
    }

    /// <summary>Changes when the store is made anew.</summary>
    public Guid Epoch { get; }

    /// <summary>One transaction; nothing of it stays when it throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (gate)
        {
            using var transaction = writer.BeginTransaction();
            var result = work(writer);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Reads one consistent state.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return work(connection);
    }

    /// <summary>Writes the file anew without the room that nothing uses any more.</summary>
    public void Compact()
    {
        lock (gate)
            Execute(writer, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    public static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();

        // Every text is a constant of this folder; values from outside are always parameters.
#pragma warning disable CA2100
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);

        return command;
    }

    public static int Execute(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(connection, text, values);
        return command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        // Not under a change that is being written.
        lock (gate)
            writer.Dispose();

        SqliteConnection.ClearPool(writer);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();

        // Every reader at work has a cache of its own, 2 MB unless told otherwise: more than the whole Agent should take when many read. The system's own cache is behind it.
        Execute(connection, "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -256;");
        return connection;
    }

    private Guid OpenEpoch() => Write(connection =>
    {
        var fresh = new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D", CultureInfo.InvariantCulture);
        Execute(connection, "INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', $epoch)", ("$epoch", fresh));
        using var command = Command(connection, "SELECT value FROM meta WHERE key = 'epoch'");
        return Guid.Parse((string)command.ExecuteScalar()!);
    });
}

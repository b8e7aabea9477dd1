using System.Globalization;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>
/// The safety copy of a site's tables: each one in a database beside, inside MariaDB. A table is put back by renaming its copy into its place, which takes
/// milliseconds whatever its size, can be done for single tables, and can be done again after a kill at any point: a copy that is still there has not been
/// put back yet. It needs the space of the database once more while the job runs.
/// </summary>
internal sealed class TableCopies(MariaDb mariaDb, DockerExec exec, AgentOptions options)
{
    /// <summary>Frappe lists only tables of document types among those that migrate touched; its few others begin with "__".</summary>
    private const string DocumentTypes = "tab";

    private const int LockWaitSeconds = 20;

    /// <summary>The database that holds the copies.</summary>
    public static string NameOf(DatabaseName database) => $"{database}_copy";

    /// <summary>A failure when MariaDB's disk has no room for the copies; the size in bytes otherwise.</summary>
    public async Task<long> CheckSpaceAsync(DatabaseName database, CancellationToken cancel)
    {
        var size = (await SizesAsync(database.Value, cancel)).Sum(table => table.Bytes);
        var lines = new List<string>();
        var output = new LineAssembler(lines.Add);
        await exec.RunAsync(new ExecRequest(options.MariaDbContainer, ["df", "-Pk", "/var/lib/mysql"]), frame => output.Add(frame.Bytes.Span), cancel);
        output.Flush();
        var columns = lines.LastOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (columns.Length < 4 || !long.TryParse(columns[3], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
            return size;

        // A tenth and 256 MB more: migrate itself rebuilds tables.
        var needed = size + (size / 10) + (256L << 20);
        return kilobytes * 1024 >= needed
            ? size
            : throw new JobFailedException(
                JobErrorCodes.DiskFull,
                string.Create(CultureInfo.InvariantCulture, $"MariaDB's disk has {kilobytes >> 10} MB left; a copy of the site's tables needs {needed >> 20} MB."),
                "Free some space, or make the disk larger, and try again.");
    }

    /// <summary>Copies all tables, the largest first, on as many connections as the server has cores; gives their names.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(DatabaseName database, StepLog log, CancellationToken cancel)
    {
        var copy = NameOf(database);
        await DropAsync(database, cancel);
        await mariaDb.QueryAsync($"CREATE DATABASE `{copy}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;", cancel);
        var tables = await SizesAsync(database.Value, cancel);
        var lanes = Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 2, 4)).Select(_ => new Lane()).ToList();
        foreach (var table in tables.OrderByDescending(table => table.Bytes))
            lanes.MinBy(lane => lane.Bytes)!.Add(table);

        var all = Math.Max(1, lanes.Sum(lane => lane.Bytes));
        var done = 0L;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = lanes.Where(lane => lane.Tables.Count > 0).Select(async lane =>
        {
            try
            {
                var next = 0;
                await mariaDb.QueryAsync(CopySql(database, copy, lane), stop.Token, copy, _ =>
                {
                    var bytes = Interlocked.Add(ref done, lane.Tables[next++].Weight);
                    log.Progress((int)(bytes * 100 / all));
                });
            }
            catch
            {
                // One lane is enough to fail; the others must not fill the disk meanwhile.
                await stop.CancelAsync();
                throw;
            }
        }).ToList();
        try
        {
            await Task.WhenAll(work);
        }
        catch when (work.FirstOrDefault(lane => lane.IsFaulted && lane.Exception.InnerException is not OperationCanceledException) is { } failed && !cancel.IsCancellationRequested)
        {
            throw failed.Exception!.InnerException!;
        }

        return [.. tables.Select(table => table.Name)];
    }

    /// <summary>
    /// Puts back what was touched, what is missing, and what migrate does not list; drops tables that were not there before. Gives how many were put back and
    /// dropped.
    /// </summary>
    /// <param name="database">The site's.</param>
    /// <param name="before">The tables that there were.</param>
    /// <param name="touched">What migrate says it changed; null when it was killed before it could say so: then all are put back.</param>
    /// <param name="cancel">Leaves it; to be called again.</param>
    public async Task<(int PutBack, int Dropped)> PutBackAsync(
        DatabaseName database, IReadOnlyCollection<string> before, IReadOnlyCollection<string>? touched, CancellationToken cancel)
    {
        var copy = NameOf(database);
        if (await mariaDb.QueryAsync($"SELECT 1 FROM information_schema.schemata WHERE schema_name = '{copy}';", cancel) is [])
            throw new JobFailedException(JobErrorCodes.CommandFailed, $"The copies of the tables ({copy}) are gone.", "Somebody has taken them away by hand. Restore the site from a backup.");

        var copies = (await SizesAsync(copy, cancel)).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var present = (await SizesAsync(database.Value, cancel)).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        if (before.FirstOrDefault(table => !present.Contains(table) && !copies.Contains(table)) is { } lost)
        {
            throw new JobFailedException(
                JobErrorCodes.CommandFailed, $"The table {lost} is gone, and so is its copy.", "Somebody has changed the databases by hand. Restore the site from a backup.");
        }

        var back = before.Where(table => copies.Contains(table) && IsToBePutBack(table, present, touched)).ToList();
        var added = present.Except(before, StringComparer.Ordinal).ToList();
        var sql = new List<string> { $"SET SESSION lock_wait_timeout = {LockWaitSeconds};" };
        sql.AddRange(added.Select(table => $"DROP TABLE IF EXISTS `{database}`.{MariaDb.Quoted(table)};"));
        sql.AddRange(back.Select(table =>
            $"DROP TABLE IF EXISTS `{database}`.{MariaDb.Quoted(table)}; RENAME TABLE `{copy}`.{MariaDb.Quoted(table)} TO `{database}`.{MariaDb.Quoted(table)};"));
        await mariaDb.QueryAsync(string.Join('\n', sql), cancel, copy);
        return (back.Count, added.Count);
    }

    /// <summary>Ends who still works on the copies, and takes them away; nothing happens when there are none.</summary>
    public async Task DropAsync(DatabaseName database, CancellationToken cancel)
    {
        await mariaDb.EndConnectionsAsync(NameOf(database), cancel);
        await mariaDb.QueryAsync($"SET SESSION lock_wait_timeout = {LockWaitSeconds}; DROP DATABASE IF EXISTS `{NameOf(database)}`;", cancel);
    }

    private static bool IsToBePutBack(string table, HashSet<string> present, IReadOnlyCollection<string>? touched) =>
        touched is null || touched.Contains(table) || !present.Contains(table) || !table.StartsWith(DocumentTypes, StringComparison.Ordinal);

    private static string CopySql(DatabaseName database, string copy, Lane lane)
    {
        // Values are taken as they are, zero dates and zero ids too. Nobody writes meanwhile, so that the source need not be locked.
        var sql = new List<string>
        {
            $"SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, lock_wait_timeout = {LockWaitSeconds}; SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;",
        };
        sql.AddRange(lane.Tables.Select(table =>
        {
            var name = MariaDb.Quoted(table.Name);
            return $"CREATE TABLE `{copy}`.{name} LIKE `{database}`.{name}; INSERT INTO `{copy}`.{name} SELECT * FROM `{database}`.{name}; SELECT 1;";
        }));
        return string.Join('\n', sql);
    }

    private async Task<List<Table>> SizesAsync(string database, CancellationToken cancel)
    {
        var rows = await mariaDb.QueryAsync(
            $"SELECT CONCAT(COALESCE(DATA_LENGTH + INDEX_LENGTH, 0), ' ', TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{database}' AND TABLE_TYPE = 'BASE TABLE';",
            cancel);
        return [.. rows.Select(row => row.Split(' ', 2)).Select(parts => new Table(parts[1], long.Parse(parts[0], CultureInfo.InvariantCulture)))];
    }

    private sealed record Table(string Name, long Bytes)
    {
        /// <summary>An empty table is work too.</summary>
        public long Weight => Bytes + (16 << 10);
    }

    private sealed class Lane
    {
        public List<Table> Tables { get; } = [];

        public long Bytes { get; private set; }

        public void Add(Table table)
        {
            Tables.Add(table);
            Bytes += table.Weight;
        }
    }
}

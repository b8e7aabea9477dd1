using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Failures;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Databases;

/// <summary>
/// The server's MariaDB, through its own client inside its container: the port is never published, and the root password is in a file that only the
/// container has, so that it is in no argument, no environment and no memory of ours. SQL goes in on standard input.
/// </summary>
internal sealed class MariaDb(DockerExec exec, AgentOptions options)
{
    private const int PasswordLength = 32;

    /// <summary>True when there is a database or a database user of this name.</summary>
    public async Task<bool> ExistsAsync(DatabaseName database, CancellationToken cancel)
    {
        var rows = await RunAsync(
            $"""
            SELECT 1 FROM information_schema.schemata WHERE schema_name = '{database}';
            SELECT 1 FROM mysql.user WHERE User = '{database}';
            """,
            cancel);
        return rows.Count > 0;
    }

    /// <summary>
    /// Whether it answers a question within some seconds. Its client asks, and carries the limit itself: the engine has no call to end a program in a container,
    /// and connections that say nothing are counted by MariaDB, which after a hundred of them lets nobody in from there.
    /// </summary>
    public async Task<bool> AnswersAsync(int seconds, CancellationToken cancel)
    {
        var request = new ExecRequest(
            options.MariaDbContainer,
            ["timeout", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "mariadb", $"--defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer}", "--batch", "--execute=SELECT 1"]);
        try
        {
            return await exec.RunAsync(request, static _ => { }, cancel) == 0;
        }
        catch (DockerException)
        {
            return false;
        }
    }

    /// <summary>What each database takes on the disk, in bytes, from the sizes of its tables' files; the tables themselves are not touched.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SizesAsync(CancellationToken cancel)
    {
        var rows = await RunAsync(
            """
            SELECT CONCAT(SUBSTRING_INDEX(NAME, '/', 1), ' ', CAST(SUM(ALLOCATED_SIZE) AS UNSIGNED))
            FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME LIKE '%/%' GROUP BY SUBSTRING_INDEX(NAME, '/', 1);
            """,
            cancel);
        return rows.Select(row => row.Split(' ')).ToDictionary(words => words[0], words => long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>
    /// Makes the throw-away user that `bench new-site` works with, and gives its password. It may make users, and do everything in this one database.
    /// </summary>
    public async Task<string> CreateSetupUserAsync(DatabaseName database, CancellationToken cancel)
    {
        var password = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", PasswordLength);

        // "_" stays a wildcard in the grant's database: bench itself will grant on the name as it is, and MariaDB lets a user pass on only what it holds
        // in the same spelling. The wildcard stands for one more character before 16 hex digits of a hash; no other database has such a name.
        await RunAsync(
            $"""
            CREATE OR REPLACE USER '{database.SetupUser}'@'%' IDENTIFIED BY '{password}';
            GRANT RELOAD, CREATE USER ON *.* TO '{database.SetupUser}'@'%';
            GRANT ALL PRIVILEGES ON `{database}`.* TO '{database.SetupUser}'@'%' WITH GRANT OPTION;
            """,
            cancel);
        return password;
    }

    public Task DropSetupUserAsync(DatabaseName database, CancellationToken cancel) => DropUserAsync(database.SetupUser, cancel);

    /// <summary>
    /// Takes the database, its user at every host, and the throw-away user away; nothing happens when they are gone. The user goes first and its
    /// connections are cut: an open transaction of a worker would otherwise block DROP DATABASE for as long as it lasts.
    /// </summary>
    public async Task DropAsync(DatabaseName database, CancellationToken cancel)
    {
        await DropUsersAsync(database, cancel);
        await RunAsync($"SET SESSION lock_wait_timeout = 60; DROP DATABASE IF EXISTS `{database}`;", cancel);
    }

    /// <summary>Takes the database's user at every host and the throw-away user away; nothing happens when they are gone.</summary>
    public async Task DropUsersAsync(DatabaseName database, CancellationToken cancel)
    {
        await DropUserAsync(database.SetupUser, cancel);
        await DropUserAsync(database.Value, cancel);
    }

    /// <summary>Size of its data in bytes, as MariaDB estimates it, and the site's own time zone; null when the site says none.</summary>
    public async Task<(long Bytes, string? TimeZone)> DescribeAsync(DatabaseName database, CancellationToken cancel)
    {
        var rows = await RunAsync(
            $"""
            SELECT COALESCE(SUM(data_length), 0) FROM information_schema.tables WHERE table_schema = '{database}';
            SELECT 1 FROM information_schema.tables WHERE table_schema = '{database}' AND table_name = 'tabSingles';
            """,
            cancel);
        var zone = rows.Count < 2
            ? []
            : await RunAsync($"SELECT `value` FROM `{database}`.`tabSingles` WHERE `doctype` = 'System Settings' AND `field` = 'time_zone';", cancel);
        return (long.Parse(rows[0], System.Globalization.CultureInfo.InvariantCulture), zone is [{ Length: > 0 } found, ..] ? found : null);
    }

    /// <summary>Rows of one column; the caller has checked every name in the SQL.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken cancel) => RunAsync(sql, cancel);

    private async Task DropUserAsync(string user, CancellationToken cancel)
    {
        var hosts = await RunAsync($"SELECT Host FROM mysql.user WHERE User = '{user}';", cancel);
        foreach (var host in hosts)
            await RunAsync($"DROP USER IF EXISTS '{user}'@'{Escape(host)}';", cancel);

        foreach (var connection in await RunAsync($"SELECT id FROM information_schema.processlist WHERE user = '{user}';", cancel))
            await RunAsync($"KILL HARD CONNECTION {long.Parse(connection, System.Globalization.CultureInfo.InvariantCulture)};", cancel, noSuchThreadIsFine: true);
    }

    /// <summary>
    /// Ends all connections that a user has, or that work in a database: an open transaction of a worker, or of a client that a killed Agent has left, would
    /// hold up every change of a table.
    /// </summary>
    public async Task EndConnectionsAsync(string userOrDatabase, CancellationToken cancel)
    {
        var name = Escape(userOrDatabase);
        foreach (var connection in await RunAsync($"SELECT id FROM information_schema.processlist WHERE user = '{name}' OR db = '{name}';", cancel))
            await RunAsync($"KILL HARD CONNECTION {long.Parse(connection, System.Globalization.CultureInfo.InvariantCulture)};", cancel, noSuchThreadIsFine: true);
    }

    /// <summary>Rows of one column, as the client prints them. Names in the SQL have passed a check, or went through <see cref="Quoted"/>.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="cancel">Leaves them; the server ends the one at work when it notices.</param>
    /// <param name="database">The connection's default database, by which <see cref="EndConnectionsAsync"/> finds it.</param>
    /// <param name="onRow">Gets each row as it comes.</param>
    public Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken cancel, string? database = null, Action<string>? onRow = null) =>
        RunAsync(sql, cancel, database: database, onRow: onRow);

    /// <summary>A name of a table between backticks.</summary>
    public static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private async Task<IReadOnlyList<string>> RunAsync(
        string sql, CancellationToken cancel, bool noSuchThreadIsFine = false, string? database = null, Action<string>? onRow = null)
    {
        var rows = new List<string>();
        var errors = new List<string>();
        var output = new LineAssembler(row =>
        {
            rows.Add(row);
            onRow?.Invoke(row);
        });
        var error = new LineAssembler(errors.Add);
        var request = new ExecRequest(
            options.MariaDbContainer, ["mariadb", $"--defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer}", "--batch", "--skip-column-names", "--unbuffered", .. database is null ? (string[])[] : [database]])
        {
            StandardInput = Encoding.UTF8.GetBytes(sql + "\n"),
        };
        int code;
        try
        {
            code = await exec.RunAsync(request, frame => (frame.IsError ? error : output).Add(frame.Bytes.Span), cancel);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            throw new JobFailedException(
                JobErrorCodes.DatabaseUnreachable, $"MariaDB ({options.MariaDbContainer}) does not run.", "Start its container, or run \"Set up server\" again.", exception.Message);
        }

        output.Flush();
        error.Flush();
        var text = string.Join('\n', errors);
        if (code == 0 || noSuchThreadIsFine && text.Contains("ERROR 1094", StringComparison.Ordinal))
            return rows;

        throw Explain(text);
    }

    /// <summary>What a client of MariaDB meant by what it said on standard error.</summary>
    internal static JobFailedException Explain(string text) => FailureTable.Find(FailureTable.Programs, text) is { } found
        ? new JobFailedException(found.Code, found.Message, found.Advice, text)
        : new JobFailedException(JobErrorCodes.CommandFailed, "MariaDB refused a command.", "Its own words are below.", text);

    public static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}

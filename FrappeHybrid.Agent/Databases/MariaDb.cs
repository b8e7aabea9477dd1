using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Agent.Docker;
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
        await DropUserAsync(database.SetupUser, cancel);
        await DropUserAsync(database.Value, cancel);
        await RunAsync($"SET SESSION lock_wait_timeout = 60; DROP DATABASE IF EXISTS `{database}`;", cancel);
    }

    private async Task DropUserAsync(string user, CancellationToken cancel)
    {
        var hosts = await RunAsync($"SELECT Host FROM mysql.user WHERE User = '{user}';", cancel);
        foreach (var host in hosts)
            await RunAsync($"DROP USER IF EXISTS '{user}'@'{Escape(host)}';", cancel);

        foreach (var connection in await RunAsync($"SELECT id FROM information_schema.processlist WHERE user = '{user}';", cancel))
            await RunAsync($"KILL HARD CONNECTION {long.Parse(connection, System.Globalization.CultureInfo.InvariantCulture)};", cancel, noSuchThreadIsFine: true);
    }

    /// <summary>Rows of one column, as the client prints them.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken cancel, bool noSuchThreadIsFine = false)
    {
        var rows = new List<string>();
        var errors = new List<string>();
        var output = new LineAssembler(rows.Add);
        var error = new LineAssembler(errors.Add);
        var request = new ExecRequest(
            options.MariaDbContainer, ["mariadb", $"--defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer}", "--batch", "--skip-column-names"])
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

        throw text switch
        {
            _ when text.Contains("ERROR 1045", StringComparison.Ordinal) => new JobFailedException(
                JobErrorCodes.DatabaseRefused, "MariaDB refused the Agent's sign-in.", "Run \"Set up server\" again; it writes the root password where the Agent's client reads it.", text),
            _ when text.Contains("ERROR 20", StringComparison.Ordinal) => new JobFailedException(
                JobErrorCodes.DatabaseUnreachable, "MariaDB does not answer.", "Look whether its container runs and what its log says.", text),
            _ when text.Contains("No space left", StringComparison.Ordinal) || text.Contains("ERROR 1021", StringComparison.Ordinal) => new JobFailedException(
                JobErrorCodes.DiskFull, "The server's disk is full.", "Free some space, or make the disk larger, and start the job again.", text),
            _ => new JobFailedException(JobErrorCodes.CommandFailed, "MariaDB refused a command.", "Its own words are below.", text),
        };
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}

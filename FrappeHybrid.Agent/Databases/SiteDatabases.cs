using System.Security.Cryptography;
using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Databases;

/// <summary>Databases of sites that are made beside others, looked into, and taken away though somebody holds on to them.</summary>
internal sealed class SiteDatabases(MariaDb mariaDb, TimeProvider time)
{
    /// <summary>As bench makes them: letters and digits, so that no spelling of it needs an escape.</summary>
    private const string PasswordLetters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static readonly TimeSpan DropLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A password for a site's database user.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(PasswordLetters, 32);

    /// <summary>Makes an empty database and its user, who may come from every container of the bench (trap 3: bench itself would allow one address only).</summary>
    public async Task CreateAsync(DatabaseName database, string password, CancellationToken cancel)
    {
        await mariaDb.QueryAsync($"CREATE DATABASE `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;", cancel);
        await SettleUserAsync(database, password, cancel);
    }

    /// <summary>The user at every host and at no other, with all rights in this one database: `bench restore` has added one at its container's address (trap 3).</summary>
    public async Task SettleUserAsync(DatabaseName database, string password, CancellationToken cancel)
    {
        foreach (var host in await mariaDb.QueryAsync($"SELECT Host FROM mysql.user WHERE User = '{database}' AND Host <> '%';", cancel))
            await mariaDb.QueryAsync($"DROP USER IF EXISTS '{database}'@'{MariaDb.Escape(host)}';", cancel);

        await mariaDb.QueryAsync(
            $"""
            CREATE OR REPLACE USER '{database}'@'%' IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON `{database}`.* TO '{database}'@'%';
            """,
            cancel);
    }

    /// <summary>
    /// Ends what the site's user, and whoever stands in this database, has open: an idle connection in a transaction holds its tables for ever, and with them
    /// whoever wants to change or drop one (trap 4: seen for ten minutes).
    /// </summary>
    public async Task<int> EndConnectionsAsync(DatabaseName database, CancellationToken cancel)
    {
        var connections = await mariaDb.QueryAsync($"SELECT id FROM information_schema.processlist WHERE user = '{database}' OR db = '{database}';", cancel);
        await mariaDb.EndConnectionsAsync(database.Value, cancel);
        return connections.Count;
    }

    /// <summary>
    /// Takes the database and its users away, ending connections that hold it for as long as it takes, two minutes at most; nothing happens when they are gone.
    /// </summary>
    public async Task DropAsync(DatabaseName database, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await mariaDb.DropUsersAsync(database, cancel);
            await EndConnectionsAsync(database, cancel);
            try
            {
                await mariaDb.QueryAsync($"SET SESSION lock_wait_timeout = 5; DROP DATABASE IF EXISTS `{database}`;", cancel);
                return;
            }
            catch (JobFailedException exception) when (exception.Error.Raw?.Contains("ERROR 1205", StringComparison.Ordinal) == true && time.GetElapsedTime(started) < DropLimit)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    /// <summary>Whether the site's own switch of its scheduler is on, whatever pauses it now; null when the database does not say.</summary>
    public async Task<bool?> IsSchedulerOnAsync(DatabaseName database, CancellationToken cancel) =>
        await HasTableAsync(database, "tabSingles", cancel)
        && await mariaDb.QueryAsync($"SELECT `value` FROM `{database}`.`tabSingles` WHERE `doctype` = 'System Settings' AND `field` = 'enable_scheduler';", cancel) is [var value, ..]
            ? value == "1"
            : null;

    /// <summary>The apps that the site in this database has, frappe first, as Frappe itself keeps them; none when the database does not say.</summary>
    public async Task<IReadOnlyList<AppName>> ReadAppsAsync(DatabaseName database, CancellationToken cancel)
    {
        if (!await HasTableAsync(database, "tabDefaultValue", cancel))
            return [];

        var rows = await mariaDb.QueryAsync($"SELECT `defvalue` FROM `{database}`.`tabDefaultValue` WHERE `defkey` = 'installed_apps' AND `parent` = '__global';", cancel);
        if (rows.Count == 0)
            return [];

        try
        {
            using var apps = JsonDocument.Parse(rows[0]);
            return [.. apps.RootElement.EnumerateArray().Select(app => AppName.TryParse(app.GetString(), out var name) ? name : null).OfType<AppName>()];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new JobFailedException(JobErrorCodes.CommandFailed, "The database does not say which apps the site has.", "Its list of installed apps cannot be read.", rows[0]);
        }
    }

    private async Task<bool> HasTableAsync(DatabaseName database, string table, CancellationToken cancel) =>
        (await mariaDb.QueryAsync($"SELECT 1 FROM information_schema.tables WHERE table_schema = '{database}' AND table_name = '{table}';", cancel)).Count > 0;
}

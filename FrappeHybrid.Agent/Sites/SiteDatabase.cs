using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>What a site's database says of the site; asked of MariaDB itself, which answers in milliseconds where bench takes half a second.</summary>
internal sealed class SiteDatabase(MariaDb mariaDb)
{
    /// <summary>
    /// Apps as Frappe itself reads them, not as `bench list-apps` prints them: that table is empty until the first migrate. The scheduler's switch is System
    /// Settings' own, whether or not it is paused as well.
    /// </summary>
    public async Task<SiteDatabaseFacts> ReadAsync(DatabaseName database, CancellationToken cancel)
    {
        var rows = await mariaDb.QueryAsync(
            $"""
            SELECT CONCAT('apps=', defvalue) FROM `{database}`.tabDefaultValue WHERE parent = '__global' AND defkey = 'installed_apps' LIMIT 1;
            SELECT CONCAT('scheduler=', value) FROM `{database}`.tabSingles WHERE doctype = 'System Settings' AND field = 'enable_scheduler' LIMIT 1;
            SELECT CONCAT('bytes=', COALESCE(SUM(data_length + index_length), 0)) FROM information_schema.tables WHERE table_schema = '{database}';
            """,
            cancel);
        return new SiteDatabaseFacts(
            ReadApps(Value(rows, "apps=")),
            Value(rows, "scheduler=") == "1",
            long.TryParse(Value(rows, "bytes="), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);
    }

    /// <summary>Kinds of documents that the app has brought, those with most documents first; the numbers are MariaDB's own estimates.</summary>
    public async Task<IReadOnlyList<DoctypeCount>> DoctypesAsync(DatabaseName database, AppName app, CancellationToken cancel)
    {
        var rows = await mariaDb.QueryAsync(
            $"""
            SELECT CONCAT(COALESCE(t.table_rows, 0), ' ', d.name) FROM `{database}`.tabDocType d JOIN `{database}`.`tabModule Def` m ON m.name = d.module
            LEFT JOIN information_schema.tables t ON t.table_schema = '{database}' AND t.table_name = CONCAT('tab', d.name)
            WHERE m.app_name = '{app}' ORDER BY t.table_rows DESC, d.name LIMIT 1000;
            """,
            cancel);
        return [.. rows.Select(row => row.Split(' ', 2)).Where(parts => parts.Length == 2).Select(parts => new DoctypeCount(parts[1], long.Parse(parts[0], CultureInfo.InvariantCulture)))];
    }

    private static string? Value(IReadOnlyList<string> rows, string name) => rows.FirstOrDefault(row => row.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static IReadOnlyList<AppName> ReadApps(string? json)
    {
        try
        {
            var names = json is null ? [] : JsonSerializer.Deserialize(json, SiteJson.Default.IReadOnlyListString) ?? [];
            return [.. names.Select(name => AppName.TryParse(name, out var app) ? app : null).OfType<AppName>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>What the database of a site says.</summary>
/// <param name="Apps">Installed, in order, frappe first.</param>
/// <param name="SchedulerEnabled">The switch in System Settings.</param>
/// <param name="Bytes">Data and indexes.</param>
internal sealed record SiteDatabaseFacts(IReadOnlyList<AppName> Apps, bool SchedulerEnabled, long Bytes);

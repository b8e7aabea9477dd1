using System.Globalization;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Transactions of a site that were begun before maintenance: they end by themselves within seconds, or are ended, because one that stays open holds up every change of a table for hours.</summary>
internal sealed class OpenTransactions(MariaDb mariaDb, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the site has no transaction that may write.</summary>
    public async Task EndAsync(DatabaseName database, StepLog log, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (await FindAsync(database, cancel) is { Count: > 0 } open)
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                log.Line(string.Create(CultureInfo.InvariantCulture, $"Ending {open.Count} transaction(s) that did not end by themselves"));
                await mariaDb.EndConnectionsAsync(database.Value, cancel);
                return;
            }

            await Task.Delay(Look, time, cancel);
        }
    }

    private Task<IReadOnlyList<string>> FindAsync(DatabaseName database, CancellationToken cancel) => mariaDb.QueryAsync(
        "SELECT trx.trx_mysql_thread_id FROM information_schema.innodb_trx trx JOIN information_schema.processlist process ON process.id = trx.trx_mysql_thread_id "
        + $"WHERE process.user = '{database}' AND trx.trx_is_read_only = 0;",
        cancel);
}

using System.Globalization;
using System.Text;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Backups;

namespace FrappeHybrid.Agent.Backups;

/// <summary>Writes a site's database as `bench backup` does: the Frappe header, then the dump, gzipped, but on all processors.</summary>
internal sealed class SiteDump(MariaDbDump dump)
{
    private const long TellEach = 256L << 20;

    /// <summary>More would help nothing: the dump itself is one program, and the sites of the server want to work meanwhile.</summary>
    private static int Processors => Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>
    /// The file, and the size of the SQL in it. What is written is read again from the file right behind, as a restore would read it: a dump that could not be restored ends the
    /// backup, and the second reading takes no time of its own.
    /// </summary>
    public async Task<(BackupFile File, long SqlBytes)> WriteAsync(
        JobContext job, StepLog log, DatabaseName database, string frappeVersion, string path, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var progress = new WriteProgress();
        await using var file = new HashedFile(path, progress);
        var reading = Task.Run(() => BackupInspector.DumpAsync(path, progress, stop.Token), CancellationToken.None);
        var gzip = new ParallelGzip(file, Processors);
        try
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header(frappeVersion)), cancel);
            var told = 0L;
            await dump.RunAsync(job, database, [], TakeAsync, cancel);
            await gzip.FinishAsync(cancel);
            var written = file.Finish(BackupFileKind.Database);
            return (await reading).SqlBytes == gzip.BytesIn ? (written, gzip.BytesIn) : throw BackupInspector.Invalid($"{written.Name} does not hold what was written to it.");

            async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes)
            {
                await gzip.WriteAsync(bytes, cancel);
                if (gzip.BytesIn - told >= TellEach)
                {
                    told = gzip.BytesIn;
                    log.Line(string.Create(CultureInfo.InvariantCulture, $"Database: {told >> 20} MB read, {file.Length >> 20} MB written"));
                }
            }
        }
        catch
        {
            await gzip.AbandonAsync();
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Seen on Frappe 15.50. The images have no .git, so that bench itself writes "N/A" for the branch.</summary>
    internal static string Header(string frappeVersion) =>
        $"""
        -- begin frappe metadata
        -- [frappe]
        -- version = {frappeVersion}
        -- branch = N/A
        -- end frappe metadata
        --


        """;
}

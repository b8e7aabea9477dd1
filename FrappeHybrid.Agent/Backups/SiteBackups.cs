using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Backups;

/// <summary>Takes backups of sites. Never through `bench backup`: that one deletes whatever is older than a day, and writes passwords to its log.</summary>
internal sealed class SiteBackups(BackupStore store, SiteDump dump, MariaDb mariaDb, FrappeVersion frappe, TimeProvider time)
{
    /// <summary>
    /// Takes a backup within one step of a job: when it returns, everything is on the disk, read again and found whole. What goes wrong in it leaves nothing;
    /// what a kill leaves is taken away at the Agent's next start. The caller holds the site's lock, and puts the record into its result, so that the portal
    /// knows the backup.
    /// </summary>
    public async Task<BackupRecord> TakeAsync(JobContext job, StepLog log, SiteOnServer site, bool withFiles, BackupKind kind, CancellationToken cancel)
    {
        var backup = await BeginAsync(job, NewId(), site, withFiles, kind, log, cancel);
        try
        {
            log.Line(await backup.CopyAsync(log, cancel));
            log.Line(await backup.VerifyAsync(cancel));
            return backup.Keep();
        }
        catch
        {
            backup.Discard();
            throw;
        }
    }

    /// <summary>The id of a backup to come; ids sort by time.</summary>
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>The whole backups of a site, newest first.</summary>
    public IReadOnlyList<BackupRecord> List(BenchName bench, SiteName site) => store.List(bench, site);

    /// <summary>The folder with all backups of a site, one folder each; whoever moves or renames a site moves it along.</summary>
    public string FolderOf(BenchName bench, SiteName site) => store.FolderOf(bench, site);

    /// <summary>Looks at site and disk; nothing is made yet.</summary>
    public async Task<SiteBackup> BeginAsync(JobContext job, Guid id, SiteOnServer site, bool withFiles, BackupKind kind, StepLog log, CancellationToken cancel)
    {
        var backup = new SiteBackup(job, id, site, withFiles, kind, store.FolderOf(site.Folder.Bench, site.Name, id), dump);
        log.Line(await backup.CheckAsync(mariaDb, frappe, time, cancel));
        return backup;
    }
}

using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Moves a site between two benches of this server: its folder and its backups by renaming, which is done or not done, and its entries. All of it may be done again.</summary>
internal sealed class SiteMove(BenchCatalog catalog, SiteEntries entries)
{
    /// <summary>The bench in whose folder the site is; a failure when it is in neither, or in both.</summary>
    public BenchName Find(UpdatePlan plan)
    {
        var inSource = Directory.Exists(catalog.Folder(plan.Source).SiteFolder(plan.Site));
        var inTarget = plan.Moves && Directory.Exists(catalog.Folder(plan.Target).SiteFolder(plan.Site));
        return (inSource, inTarget) switch
        {
            (true, false) => plan.Source,
            (false, true) => plan.Target,
            (true, true) => throw new JobFailedException(
                JobErrorCodes.CommandFailed, $"There is a folder of {plan.Site} in both benches.", "Look which is the right one, and put the other away."),
            (false, false) => throw new JobFailedException(JobErrorCodes.SiteNotFound, $"The folder of {plan.Site} is in neither bench.", "Restore the site from a backup."),
        };
    }

    /// <summary>Folder and backups; nothing happens when they are there already.</summary>
    public void MoveFolders(SiteName site, BenchName from, BenchName to)
    {
        var source = catalog.Folder(from);
        var target = catalog.Folder(to);
        Move(BackupsOf(source, site), BackupsOf(target, site));
        Move(source.SiteFolder(site), target.SiteFolder(site));
    }

    /// <summary>Visitors go to the one bench and no longer to the other.</summary>
    public async Task SwitchAsync(SiteName site, BenchName from, BenchName to, CancellationToken cancel)
    {
        var target = catalog.Folder(to);
        var record = target.Read() ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {to} on this server.", "Look at the server's benches.");

        // At the same time, so that nginx tests and reads both changes at once.
        await Task.WhenAll(entries.RemoveAsync(catalog.Folder(from), site, cancel), entries.PutAsync(target, record, site, cancel));
    }

    private static string BackupsOf(BenchFolder folder, SiteName site) => Path.Combine(folder.Path, "backups", site.Value);

    private static void Move(string from, string to)
    {
        if (!Directory.Exists(from))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
        DurableFile.FlushFolder(Path.GetDirectoryName(to)!);
        DurableFile.FlushFolder(Path.GetDirectoryName(from)!);
    }
}

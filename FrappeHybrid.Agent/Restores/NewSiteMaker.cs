using System.Globalization;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>What a new site from a backup and a clone have in common: nothing of the site is there before, so that nothing of it may be left after a failure.</summary>
internal sealed class NewSiteMaker(BenchCatalog catalog, RunningBench benches, SiteStages stages, SiteEntries entries, SiteProbe probe)
{
    private const string SiteClaim = "site";

    /// <summary>The bench runs and nobody on the server has the name.</summary>
    public async Task<BenchRecord> RequireFreeAsync(BenchName bench, SiteName site, CancellationToken cancel)
    {
        var record = await benches.RequireAsync(bench, cancel);
        return catalog.OwnerOf(site) is { } owner
            ? throw new JobFailedException(JobErrorCodes.SiteExists, $"{site} is on this server already, in bench {owner}.", "Choose another name.")
            : record;
    }

    /// <summary>The steps from "load" to the end.</summary>
    /// <param name="job">Whose work it is; its secret is the new password of Administrator, when there is one.</param>
    /// <param name="bench">The new site's.</param>
    /// <param name="site">Its name.</param>
    /// <param name="quiet">No scheduler, no mail.</param>
    /// <param name="source">What it is made of; asked for when the step begins.</param>
    /// <param name="configure">Changes what the new site's configuration begins with.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<RestoreResult> MakeAsync(
        JobContext job, BenchRecord bench, SiteName site, bool quiet, Func<BackupSource> source, Action<JsonObject> configure, CancellationToken cancel)
    {
        var folder = catalog.Folder(bench.Name);
        SiteStage stage = null!;
        IReadOnlyList<AppName> apps = [];
        await job.StepAsync(RestoreSteps.Load, async log =>
        {
            stage = SiteStage.For(folder, site);
            job.Claim(new JobClaim(SiteClaim, stage.Text));
            await stages.CreateAsync(
                job, stage, keys =>
                {
                    configure(keys);
                    if (source().EncryptionKey is { } key)
                        keys["encryption_key"] = key;
                },
                cancel);
            apps = await stages.LoadAsync(job, log, stage, bench, source().Dump, cancel);
            return StepOutcome.Done($"database {stage.Database}");
        });
        await job.StepAsync(RestoreSteps.Unpack, async _ =>
        {
            if (await source().UnpackAsync(stage, cancel) is not { } files)
                return StepOutcome.Nothing("the backup has none");

            MoveFiles(stage);
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{files} files"));
        });
        await job.StepAsync(RestoreSteps.Migrate, log => stages.MigrateAsync(job, log, folder, site, !quiet, cancel));
        await job.StepAsync(RestoreSteps.Configure, async log =>
        {
            if (job.Secret is { Length: > 0 } password)
                await stages.RunAsync(job, log, folder, site, ["set-admin-password"], [password], "The administrator's password could not be set", cancel);

            SiteConfigFile.Change(stage.ConfigFile, keys =>
            {
                MaintenanceMode.PutBack(keys, []);
                if (!quiet)
                    keys.Remove("mute_emails");
            });
            return StepOutcome.Done(quiet ? "scheduler off, outgoing mail off" : "scheduler on");
        });
        await job.StepAsync(RestoreSteps.AddToNginx, async _ =>
        {
            await entries.PutAsync(folder, bench, site, cancel);
            return StepOutcome.Done($"{site} -> 127.0.0.1:{bench.FrontendPort.ToString(CultureInfo.InvariantCulture)}");
        });
        await job.StepAsync(RestoreSteps.WaitUntilReady, log => probe.WaitAsync(site, log, cancel));
        return new RestoreResult(stage.Database.Value, apps, SafetyBackup: null);
    }

    /// <summary>Takes the half-made site away, from the outside in.</summary>
    public async Task UndoAsync(JobContext job, BenchName bench, SiteName site, CancellationToken cancel)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == SiteClaim) is not { } claim)
            return;

        using var log = job.OpenCompensationLog();
        log.Line($"Taking away {site}: nginx entry, database, folder");
        var folder = catalog.Folder(bench);
        await entries.RemoveAsync(folder, site, cancel);
        await stages.RemoveAsync(SiteStage.Parse(folder, claim.Value), cancel);
    }

    /// <summary>From the workshop into the new site, where only empty folders are.</summary>
    private static void MoveFiles(SiteStage stage)
    {
        foreach (var part in (string[])["public", "private"])
        {
            var fresh = Path.Combine(stage.Workshop, part, "files");
            if (!Directory.Exists(fresh))
                continue;

            var place = Path.Combine(stage.Path, part, "files");
            Directory.Delete(place, recursive: true);
            Directory.Move(fresh, place);
        }

        if (Directory.Exists(stage.Workshop))
            Directory.Delete(stage.Workshop, recursive: true);

        stage.RemoveEmptyWorkshops();
    }
}

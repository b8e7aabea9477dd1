using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>
/// The steps of "Update" and "Migrate". What takes long and can be done while visitors read (waiting for jobs, copying tables) is done while they read; they
/// get no page only from the move to the end of migrate. Before anybody may write again, the site is asked for a page: from then on there is no way back,
/// because what visitors write must not be lost.
/// </summary>
internal sealed class SiteUpdate(
    UpdateCheck check, UpdatePlans plans, TableCopies copies, OpenTransactions transactions, BackgroundJobs background, SiteMove move, BenchCatalog catalog, BenchProgram bench,
    MariaDb mariaDb, SiteProbe probe, HttpProbe http, AgentOptions options, TimeProvider time)
{
    public const string TouchedTables = "touched_tables.json";

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    public async Task<JsonElement> RunAsync(JobContext job, StoredUpdateRequest request, CancellationToken cancel)
    {
        SiteOnServer site = null!;
        UpdatePlan plan = null!;
        await job.StepAsync(UpdateSteps.Check, async log =>
        {
            (site, plan, var outcome) = await check.RunAsync(job, log, request, cancel);
            return outcome;
        });

        await using var clock = new VisitorClock(http, options, request.Site, time);
        var started = time.GetTimestamp();
        var servesReads = false;
        await job.StepAsync(UpdateSteps.MaintenanceOn, async _ =>
        {
            plan = plans.Write(plan);
            MaintenanceMode.AllowOnlyReads(site.ConfigFile);

            // A request that read the file just before it was changed has begun its transaction by then.
            await Task.Delay(Settling, time, cancel);
            servesReads = !plan.Before.WasOn && (await AskAsync(site, cancel)).Status == StatusCodes.Status200OK;
            return StepOutcome.Done(servesReads ? "visitors can read" : "visitors get 503");
        });
        await job.StepAsync(UpdateSteps.WaitForJobs, async log =>
        {
            var outcome = await background.WaitAsync(plan.Source, plan.Site, log, cancel);
            await transactions.EndAsync(site.Database, log, cancel);
            return outcome;
        });
        await job.StepAsync(UpdateSteps.CopyTables, async log =>
        {
            var tables = await copies.TakeAsync(site.Database, log, cancel);
            plan = plans.Write(plan with { Phase = UpdatePhase.Copied, Tables = tables });
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{tables.Count} tables"));
        });
        if (plan.Moves)
            (site, plan) = await MoveAsync(job, site, plan, cancel);

        await job.StepAsync(UpdateSteps.Migrate, async log =>
        {
            plan = await MigrateAsync(job, log, site, plan, request.SkipFailingPatches, cancel);
            return StepOutcome.Done(plan.SkippedPatches is { Count: > 0 } skipped ? $"left out: {string.Join(", ", skipped)}" : "done");
        });
        var readOnly = TimeSpan.Zero;
        await job.StepAsync(UpdateSteps.MaintenanceOff, async log =>
        {
            await OpenAsync(job, log, site, plan, servesReads, cancel);
            readOnly = time.GetElapsedTime(started);
            return StepOutcome.Done(plan.Before.WasOn ? "stays on, as it was before" : "off");
        });
        var down = TimeSpan.Zero;
        await job.StepAsync(UpdateSteps.HealthCheck, async log =>
        {
            var outcome = plan.Before.WasOn ? StepOutcome.Nothing("the site is in maintenance") : await probe.WaitAsync(site.Name, log, cancel);
            down = clock.Down;
            if (!job.IsPastReturn)
                job.PassReturn();

            await copies.DropAsync(site.Database, cancel);
            return outcome;
        });
        plans.Remove(plan.Site);
        return Result(plan, down, readOnly);
    }

    /// <summary>The site has been seen to serve, and has perhaps been written to: only the cleaning up is left.</summary>
    public async Task<JsonElement> FinishAsync(JobContext job, StoredUpdateRequest request, CancellationToken cancel)
    {
        if (plans.Find(request.Site) is not { } plan || plan.Job != job.Id)
            return JsonSerializer.SerializeToElement(new UpdateSiteResult(request.TargetBench ?? request.Bench, [], null, null, []), UpdateJson.Default.UpdateSiteResult);

        var site = SiteOnServer.Require(catalog, plan.Target, plan.Site);
        MaintenanceMode.Restore(site.ConfigFile, plan.Before);
        await copies.DropAsync(site.Database, cancel);
        plans.Remove(plan.Site);
        return Result(plan, down: null, readOnly: null);
    }

    private async Task<(SiteOnServer Site, UpdatePlan Plan)> MoveAsync(JobContext job, SiteOnServer site, UpdatePlan plan, CancellationToken cancel)
    {
        await job.StepAsync(UpdateSteps.MoveSite, async _ =>
        {
            plan = plans.Write(plan with { Phase = UpdatePhase.Moving });
            MaintenanceMode.Close(site.ConfigFile);
            await mariaDb.EndConnectionsAsync(site.Database.Value, cancel);
            move.MoveFolders(plan.Site, plan.Source, plan.Target);
            site = SiteOnServer.Require(catalog, plan.Target, plan.Site);
            return StepOutcome.Done($"{plan.Source} -> {plan.Target}");
        });
        await job.StepAsync(UpdateSteps.SwitchNginx, async _ =>
        {
            await move.SwitchAsync(plan.Site, plan.Source, plan.Target, cancel);
            return StepOutcome.Done($"{plan.Site} -> {plan.Target}");
        });
        return (site, plan);
    }

    private async Task<UpdatePlan> MigrateAsync(JobContext job, StepLog log, SiteOnServer site, UpdatePlan plan, bool skipFailing, CancellationToken cancel)
    {
        plan = plans.Write(plan with { Phase = UpdatePhase.Migrating });

        // What an earlier migrate left must not be taken for the list of this one.
        File.Delete(Path.Combine(site.Path, TouchedTables));
        MaintenanceMode.Close(site.ConfigFile);
        await mariaDb.EndConnectionsAsync(site.Database.Value, cancel);
        string[] command = ["bench", "--site", plan.Site.Value, "migrate", .. skipFailing ? (string[])["--skip-failing"] : []];
        var result = await bench.RunAsync(job, log, site.Backend, command, [], cancel);
        return result.ExitCode == 0
            ? plans.Write(plan with { SkippedPatches = BenchFailures.SkippedPatches(result.Output) })
            : throw BenchFailures.Explain("The site could not be migrated", result);
    }

    /// <summary>First for readers only: as long as nobody can write, the update can still be taken back without a loss.</summary>
    private async Task OpenAsync(JobContext job, StepLog log, SiteOnServer site, UpdatePlan plan, bool servesReads, CancellationToken cancel)
    {
        if (servesReads)
        {
            MaintenanceMode.AllowOnlyReads(site.ConfigFile);
            if ((await AskAsync(site, cancel)).Status != StatusCodes.Status200OK)
                await probe.WaitAsync(plan.Site, log, cancel);

            job.PassReturn();
        }

        MaintenanceMode.Restore(site.ConfigFile, plan.Before);
    }

    private Task<ProbeAnswer> AskAsync(SiteOnServer site, CancellationToken cancel) => http.GetAsync(options.NginxPort, site.Name.Value, "/api/method/ping", cancel);

    private static JsonElement Result(UpdatePlan plan, TimeSpan? down, TimeSpan? readOnly) => JsonSerializer.SerializeToElement(
        new UpdateSiteResult(plan.Target, plan.Apps, Rounded(down), Rounded(readOnly), plan.SkippedPatches ?? []), UpdateJson.Default.UpdateSiteResult);

    private static double? Rounded(TimeSpan? span) => span is { } known ? Math.Round(known.TotalSeconds, 2) : null;
}

using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;

namespace FrappeHybrid.Agent.Updates;

/// <summary>The way back from an update or a migration, in parts that may each be done again: tables, folder and entries, cache, maintenance, and a look whether the site serves.</summary>
internal sealed class SiteRecovery(UpdatePlans plans, TableCopies copies, SiteMove move, BenchCatalog catalog, BenchProgram bench, MariaDb mariaDb, SiteProbe probe)
{
    /// <summary>All of it; returns when the site serves as before.</summary>
    public async Task RunAsync(JobContext job, StepLog log, UpdatePlan plan, CancellationToken cancel)
    {
        (plan, var summary) = await RestoreTablesAsync(plan, cancel);
        log.Line(summary);
        log.Line(await MoveBackAsync(plan, cancel));
        log.Line(await ClearCacheAsync(job, log, plan, cancel));
        Open(plan);
        await CheckAsync(plan, log, cancel);
        await ForgetAsync(job, plan, cancel);
    }

    /// <summary>The tables as they were; the plan as it is then, and a line on what was done.</summary>
    public async Task<(UpdatePlan Plan, string Summary)> RestoreTablesAsync(UpdatePlan plan, CancellationToken cancel)
    {
        var database = DatabaseOf(plan);

        // A client that a killed Agent has left may still be at work in MariaDB, whatever became of its process.
        await mariaDb.EndConnectionsAsync(TableCopies.NameOf(database), cancel);
        await mariaDb.EndConnectionsAsync(database.Value, cancel);
        if (plan.Phase != UpdatePhase.Migrating)
            return (plan, "Tables: as they were");

        var touched = ReadTouched(plan);
        var (putBack, dropped) = await copies.PutBackAsync(database, plan.Tables ?? [], touched, cancel);
        return (plans.Write(plan with { Phase = UpdatePhase.TablesBack }), $"Tables: {putBack} put back{(touched is null ? " (all, because migrate did not say which it changed)" : "")}, {dropped} new ones dropped");
    }

    /// <summary>The site in its old bench, for nginx too.</summary>
    public async Task<string> MoveBackAsync(UpdatePlan plan, CancellationToken cancel)
    {
        if (!plan.Moves)
            return "The site stayed in its bench";

        if (move.Find(plan) == plan.Target)
            move.MoveFolders(plan.Site, plan.Target, plan.Source);

        await move.SwitchAsync(plan.Site, plan.Target, plan.Source, cancel);
        return $"The site is in {plan.Source} again";
    }

    /// <summary>What the new version has put into the cache, or the old one had there, does not fit.</summary>
    public async Task<string> ClearCacheAsync(JobContext job, StepLog log, UpdatePlan plan, CancellationToken cancel)
    {
        if (plan.Phase != UpdatePhase.TablesBack)
            return "The cache fits";

        var result = await bench.RunAsync(job, log, BenchProgram.ContainerOf(catalog.Folder(plan.Source)), ["bench", "--site", plan.Site.Value, "clear-cache"], [], cancel);
        return result.ExitCode == 0 ? "Cache cleared" : throw BenchFailures.Explain("The cache could not be cleared", result);
    }

    /// <summary>Maintenance as it was before.</summary>
    public void Open(UpdatePlan plan) => MaintenanceMode.Restore(SiteOnServer.Require(catalog, plan.Source, plan.Site).ConfigFile, plan.Before);

    /// <summary>The site serves; a failure when it does not, and it is closed again then.</summary>
    public async Task<StepOutcome> CheckAsync(UpdatePlan plan, StepLog log, CancellationToken cancel)
    {
        if (plan.Before.WasOn)
            return StepOutcome.Nothing("the site is in maintenance, as it was before");

        return await probe.WaitAsync(plan.Site, log, cancel);
    }

    /// <summary>The copies and the plan are gone; the job has it written down that the site is back.</summary>
    public async Task ForgetAsync(JobContext job, UpdatePlan plan, CancellationToken cancel)
    {
        job.Claim(TakenBack);
        await DiscardAsync(plan, cancel);
    }

    /// <summary>The copies and the plan are gone.</summary>
    public async Task DiscardAsync(UpdatePlan plan, CancellationToken cancel)
    {
        await copies.DropAsync(DatabaseOf(plan), cancel);
        plans.Remove(plan.Site);
    }

    /// <summary>What says that a job's work was taken back, once its plan is gone.</summary>
    public static JobClaim TakenBack { get; } = new("taken-back", "");

    private static DatabaseName DatabaseOf(UpdatePlan plan) =>
        DatabaseName.TryParse(plan.Database, out var database) ? database : throw new InvalidOperationException("The plan of an update names no database.");

    /// <summary>Null when migrate was ended before it could write the list.</summary>
    private HashSet<string>? ReadTouched(UpdatePlan plan)
    {
        var file = Path.Combine(catalog.Folder(move.Find(plan)).SiteFolder(plan.Site), SiteUpdate.TouchedTables);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), StoredUpdateJson.Default.IReadOnlyListString)?.ToHashSet(StringComparer.Ordinal) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

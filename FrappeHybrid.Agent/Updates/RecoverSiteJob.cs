using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>"Recover": the way back once more, after the job whose own it was has given up.</summary>
internal sealed class RecoverSiteJob(UpdatePlans plans, SiteRecovery recovery, BenchCatalog catalog, SiteProbe probe) : IJobWork
{
    private static readonly StepOutcome Nothing = StepOutcome.Nothing("nothing to do");

    public JobType Type => UpdateJobTypes.RecoverSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var stored = UpdateSiteJob.Read(request);
        var locks = new List<JobLock> { JobLock.ForBench(stored.Bench, alone: false), JobLock.ForSite(stored.Site) };

        // The benches as the failed job left them written down: it needs both for itself.
        if (plans.Find(stored.Site) is { Moves: true } plan)
            locks.Add(JobLock.ForBench(plan.Target, alone: false));

        return locks;
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = UpdateSiteJob.Read(job.Request);
        UpdatePlan? plan = null;
        await job.StepAsync(UpdateSteps.Check, _ =>
        {
            // The portal may think that there is something to take back when there is not: the job was lost, say. Then it is enough that the site serves.
            plan = plans.Find(request.Site);
            if (plan is null)
                SiteOnServer.Require(catalog, request.Bench, request.Site);

            return Task.FromResult(StepOutcome.Done(plan is null ? "nothing was left to take back" : $"{plan.Target} -> {plan.Source}, {plan.Phase}"));
        });
        await job.StepAsync(UpdateSteps.RestoreTables, async _ =>
        {
            if (plan is null)
                return Nothing;

            (plan, var tables) = await recovery.RestoreTablesAsync(plan, cancel);
            return StepOutcome.Done(tables);
        });
        await job.StepAsync(UpdateSteps.MoveBack, async _ => plan is null ? Nothing : StepOutcome.Done(await recovery.MoveBackAsync(plan, cancel)));
        await job.StepAsync(UpdateSteps.ClearCache, async log => plan is null ? Nothing : StepOutcome.Done(await recovery.ClearCacheAsync(job, log, plan, cancel)));
        await job.StepAsync(UpdateSteps.MaintenanceOff, _ =>
        {
            if (plan is null)
                return Task.FromResult(Nothing);

            recovery.Open(plan);
            return Task.FromResult(StepOutcome.Done(plan.Before.WasOn ? "stays on, as it was before" : "off"));
        });
        await job.StepAsync(UpdateSteps.HealthCheck, async log =>
        {
            if (plan is null)
                return await probe.WaitAsync(request.Site, log, cancel);

            var outcome = await recovery.CheckAsync(plan, log, cancel);
            await recovery.ForgetAsync(job, plan, cancel);
            return outcome;
        });
        return Result(request);
    }

    /// <summary>Nothing is undone: each part can be done again. The site stays closed, and the plan is kept for the next try.</summary>
    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var plan = plans.Find(UpdateSiteJob.Read(job.Request).Site);
        if (plan is not null)
            job.Conclusion = error => UpdateCompensation.Fatal(new JobError(error.Code, "", null, error.Raw), plan, error.Message) with { Message = $"Taking the update back failed: {error.Message}" };

        return Task.CompletedTask;
    }

    private static JsonElement Result(StoredUpdateRequest request) => JsonSerializer.SerializeToElement(new RecoverSiteResult(request.Bench), UpdateJson.Default.RecoverSiteResult);
}

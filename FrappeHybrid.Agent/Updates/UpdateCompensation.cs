using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Takes an update or a migration back when its job failed, was cancelled or was killed, and says in the job's error what came of it.</summary>
internal sealed class UpdateCompensation(UpdatePlans plans, SiteRecovery recovery, TimeProvider time)
{
    /// <summary>Pauses between the tries, after which the site is left closed for a person to look at.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    public async Task RunAsync(JobContext job, StoredUpdateRequest request, CancellationToken cancel)
    {
        if (plans.Find(request.Site) is not { } plan || plan.Job != job.Id)
        {
            // Either nothing had been changed, or an earlier run of this came to its end.
            if (job.Claims.Contains(SiteRecovery.TakenBack))
                job.Conclusion = Recovered;

            return;
        }

        using var log = job.OpenCompensationLog();
        if (plan.Phase is UpdatePhase.Preparing or UpdatePhase.Copied)
        {
            log.Line("Maintenance off; nothing of the site was changed");
            recovery.Open(plan);
            await recovery.DiscardAsync(plan, cancel);
            return;
        }

        log.Line("Taking it back");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await recovery.RunAsync(job, log, plans.Find(request.Site) ?? plan, cancel);
                job.Conclusion = Recovered;
                return;
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                var reason = (exception as JobFailedException)?.Error.Message ?? exception.Message;
                log.Line($"That failed: {reason}");
                if (attempt == Pauses.Length)
                {
                    job.Conclusion = error => Fatal(error, plan, job.Redactor.Clean(reason));
                    return;
                }

                await Task.Delay(Pauses[attempt], time, cancel);
            }
        }
    }

    /// <summary>The error of a job whose way back failed.</summary>
    public static JobError Fatal(JobError error, UpdatePlan plan, string reason) => new(
        JobErrorCodes.UpdateFatal,
        $"{error.Message} Taking it back failed too: {reason}",
        $"{plan.Site} is closed to visitors. Nothing is lost: the tables as they were are kept in MariaDB as {plan.Database}_copy. Mend the cause, then recover again.",
        error.Raw);

    private static JobError Recovered(JobError error) => new(
        JobErrorCodes.UpdateRecovered,
        $"{error.Message} It was taken back: the site serves as it did before.",
        error.Code == JobErrorCodes.Interrupted ? "Try again." : error.Advice,
        error.Raw);
}

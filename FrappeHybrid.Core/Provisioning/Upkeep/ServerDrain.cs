using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>Waits until the Agent's jobs have ended. New ones are held back by the server's state meanwhile.</summary>
internal sealed class ServerDrain(AgentClient agents, ProvisioningOptions options, TimeProvider time)
{
    /// <summary>The task that all plays which disturb jobs begin with.</summary>
    public static readonly PlayTaskType Task = new("drain", "Wait until running jobs have ended", ByPortal: true);

    private const int MostSilences = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Null when nothing runs any more, or when there is no Agent to ask.</summary>
    public async Task<Error?> RunAsync(PlayRecorder recorder, CancellationToken cancel)
    {
        await recorder.BeginAndSaveAsync(Task.Key, cancel);
        var deadline = time.GetUtcNow() + options.DrainTimeout;
        var said = "";
        for (var silences = 0; ;)
        {
            try
            {
                List<JobSnapshot> jobs =
                [
                    .. await agents.JobsAsync(recorder.Server, JobState.Running, cancel),
                    .. await agents.JobsAsync(recorder.Server, JobState.Pending, cancel),
                ];
                if (jobs.Count == 0)
                    return await recorder.DoneAsync("No job runs; new ones wait in the portal.", cancel);
                silences = 0;
                var names = string.Join(", ", jobs.Select(job => JobTypes.Find(job.Type)?.Title ?? job.Type).Order(StringComparer.Ordinal));
                if (said != names)
                    recorder.Say($"Still at work: {said = names}\n");
                await recorder.SaveAsync(cancel);
                if (time.GetUtcNow() >= deadline)
                    return new Error("drain-timeout", $"Jobs still run after {options.DrainTimeout.TotalMinutes:0} minutes: {names}.", "Wait for them or cancel them, then press Retry. Nothing was done to the server.");
            }
            catch (AgentException exception)
            {
                recorder.Say(exception.Error.Message + "\n");
                if (++silences >= MostSilences)
                    return await recorder.DoneAsync("The Agent does not answer, so that there is nothing to wait for.", cancel);
            }

            await System.Threading.Tasks.Task.Delay(Pause, time, cancel);
        }
    }
}

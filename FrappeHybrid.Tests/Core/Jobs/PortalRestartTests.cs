using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>
/// The portal's half of the kill table. The portal of each job type is killed three times: when the order is stored and nothing sent, when the Agent has the job and the
/// answer has not come, and while the job runs. What the fourth portal ends up with must be what one that was never killed has.
/// </summary>
public sealed class PortalRestartTests
{
    public static TheoryData<string> Types => [.. JobTypes.All.Select(type => type.Key)];

    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public void Every_job_type_has_a_case() =>
        Assert.Equal(JobTypes.All.Select(type => type.Key).Order(StringComparer.Ordinal), JobCases.All.Select(each => each.Type.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Killed_when_it_was_stored_when_it_was_sent_and_while_it_runs_it_is_done_once(string type)
    {
        var wanted = JobCases.Of(type);
        string undisturbed;
        var (calm, calmJob) = await JobScene.OrderAsync(wanted);
        await using (calm)
        {
            await using var portal = new PortalEngines(calm.Core);
            await UntilAsync(calm, calmJob, RunState.Pending);
            await BeginAsync(calm, wanted, calmJob);
            TellEnd(calm, wanted, calmJob);
            await UntilAsync(calm, calmJob, RunState.Success);
            undisturbed = await calm.LookAsync();
        }

        var (scene, job) = await JobScene.OrderAsync(wanted);
        await using (scene)
        {
            await scene.KillAsync(() => ValueTask.CompletedTask);
            await KillBeforeTheAnswerAsync(scene);
            await KillWhileItRunsAsync(scene, wanted, job);

            // The Agent goes on whatever becomes of the portal.
            TellEnd(scene, wanted, job);
            await using (new PortalEngines(scene.Core))
                await UntilAsync(scene, job, RunState.Success);

            Assert.Equal(undisturbed, await scene.LookAsync());
            Assert.Equal([job], scene.Core.Agent.Jobs.Keys);
            Assert.Equal(2, scene.Core.Agent.Submissions.Count);
            Assert.Single(scene.Core.Agent.Submissions.Distinct());
        }
    }

    private static async Task KillBeforeTheAnswerAsync(JobScene scene)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Core.Agent.AfterStore = () =>
        {
            stored.SetResult();
            return answer.Task;
        };
        var portal = new PortalEngines(scene.Core);
        await stored.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        scene.Core.Agent.AfterStore = null;
        await scene.KillAsync(() =>
        {
            answer.SetException(new IOException("The portal is gone."));
            return portal.DisposeAsync();
        });
    }

    private static async Task KillWhileItRunsAsync(JobScene scene, JobCase wanted, Guid job)
    {
        var portal = new PortalEngines(scene.Core);
        await UntilAsync(scene, job, RunState.Pending);
        await BeginAsync(scene, wanted, job);
        await scene.KillAsync(portal.DisposeAsync);
    }

    private static async Task BeginAsync(JobScene scene, JobCase wanted, Guid job)
    {
        scene.Core.Agent.Tell(Snapshots.Of(job, wanted.Type, JobState.Running));
        scene.Core.Agent.TellOutput(job, wanted.Type.Steps[0].Key, "one\n");
        await scene.Core.UntilAsync(async () =>
        {
            await using var db = await scene.Core.DbAsync();
            return await db.RunOutputs.AnyAsync(output => output.RunId == job, Cancel);
        });
        Assert.Equal(RunState.Running, (await scene.Core.JobAsync(job)).State);
    }

    private static void TellEnd(JobScene scene, JobCase wanted, Guid job)
    {
        scene.Core.Agent.TellOutput(job, wanted.Type.Steps[0].Key, "two\n");
        var ended = Snapshots.Of(job, wanted.Type, JobState.Success);
        scene.Core.Agent.Tell(wanted.Result is { } result ? ended with { Result = result(scene) } : ended);
    }

    private static Task UntilAsync(JobScene scene, Guid job, RunState state) => scene.Core.UntilAsync(async () => (await scene.Core.JobAsync(job)).State == state);
}

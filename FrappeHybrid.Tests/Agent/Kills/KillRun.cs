using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>Runs one case of the table: before, the job, what is done to it, its end, after.</summary>
internal static class KillRun
{
    /// <summary>What a step has begun becomes visible in this time: a step that takes longer is met in its middle, a quicker one at its end, where it is held.</summary>
    private static readonly TimeSpan IntoTheStep = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    public const string Killed = "killed";
    public const string Cancelled = "cancelled";
    public const string LeftAlone = "left alone";

    public static Task RunAsync(KillGround ground, string type, string how, string step) => how switch
    {
        Killed => KillAsync(ground, KillTable.Find(type), step),
        Cancelled => CancelAsync(ground, KillTable.Find(type), step),
        _ => LeaveAloneAsync(ground, KillTable.Find(type)),
    };

    private static Task KillAsync(KillGround ground, KillCase row, string step) => RunAsync(ground, row, async before =>
    {
        var server = ground.Server;
        Guid id;
        using (StepHold.Put(server, row.Type.Steps.Single(each => each.Key == step)))
        {
            id = await row.OrderAsync(ground);
            await server.FollowAsync(id, job => HasReached(job, step), after: before);
            await Task.Delay(IntoTheStep);
            await server.KillAgentAsync();
        }

        await server.StartAgentAsync();
        return (id, [JobErrorCodes.Interrupted]);
    });

    private static Task CancelAsync(KillGround ground, KillCase row, string step) => RunAsync(ground, row, async before =>
    {
        var id = await row.OrderAsync(ground);
        await ground.Server.FollowAsync(id, job => HasReached(job, step), after: before);
        await ground.Server.AskToEndAsync(id);
        return (id, [JobErrorCodes.Cancelled]);
    });

    /// <summary>Also the canary run: no secret that passes through may be seen anywhere.</summary>
    private static async Task LeaveAloneAsync(KillGround ground, KillCase row)
    {
        await ground.LayAsync(row);
        await using var watch = SecretWatch.Start(ground);
        await RunAsync(ground, row, async _ => (await row.OrderAsync(ground), []));
        Assert.Equal("", string.Join('\n', await watch.EndAsync()));
    }

    private static async Task RunAsync(KillGround ground, KillCase row, Func<long, Task<(Guid Id, string[] Codes)>> act)
    {
        await ground.LayAsync(row);
        try
        {
            await row.PrepareAsync(ground);
            var inventory = await ServerInventory.TakeAsync(ground.Server);
            var number = ground.Server.Told;
            var (id, codes) = await act(number);
            var job = await ground.Server.UntilEndAsync(id, after: number);
            if (job.State == JobState.Success)
            {
                var change = await SettleAsync(ground, inventory, change => change.IsNothing, once: true);
                Assert.DoesNotContain(change.Added, entry => IsNeverLeft(entry));
                await row.AssertFinishedAsync(ground, job, change);
                await row.TidyAsync(ground, job);
                ground.Notes.Clear();
                return;
            }

            Assert.True(codes.Append(row.UndoneCode).Contains(job.Error?.Code, StringComparer.Ordinal), $"{job.Type} ended as {job.State}: {job.Error}\n{ground.Server.Output}");
            Assert.Equal(codes is [JobErrorCodes.Cancelled] ? JobState.Cancelled : JobState.Failure, job.State);
            var left = await SettleAsync(ground, inventory, change => change.Without(row.MayStay).IsNothing, once: false);
            Assert.True(left.Without(row.MayStay).IsNothing, $"Left behind:\n{left.Without(row.MayStay)}");
            await row.AssertUndoneAsync(ground, job);
        }
        catch
        {
            await ground.SpoilAsync();
            throw;
        }
    }

    /// <summary>Of a job that has ended, however it ended.</summary>
    private static bool IsNeverLeft(string entry) =>
        entry.StartsWith("program ", StringComparison.Ordinal) || entry.StartsWith("claim ", StringComparison.Ordinal) || entry.StartsWith("unfinished ", StringComparison.Ordinal)
        || entry.Contains("/secrets/", StringComparison.Ordinal) || entry.Contains("_setup@", StringComparison.Ordinal) || entry.StartsWith("layer ", StringComparison.Ordinal)
        || entry.StartsWith("file tmp/", StringComparison.Ordinal);

    /// <summary>A container that was told to start may need a moment to say that it runs.</summary>
    private static async Task<InventoryChange> SettleAsync(KillGround ground, ServerInventory before, Func<InventoryChange, bool> isFine, bool once)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var change = before.To(await ServerInventory.TakeAsync(ground.Server));
            if (once || isFine(change) || TimeProvider.System.GetElapsedTime(started) > Settling)
                return change;

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static bool HasReached(JobSnapshot job, string step) =>
        job.State is not (JobState.Pending or JobState.Running) || job.Steps.Any(each => each.Key == step && each.State is not StepState.Pending);
}

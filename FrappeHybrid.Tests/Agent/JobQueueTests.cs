using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Who runs beside whom, and in which order.</summary>
public sealed class JobQueueTests
{
    [Fact]
    public void Sites_of_one_bench_run_side_by_side_but_not_while_the_bench_is_made()
    {
        var queue = Queue(20, "server bench:a", "~bench:a site:one", "~bench:a site:two", "~bench:b site:three");
        Assert.Equal([1, 4], Take(queue));
        Assert.Equal([(2, 1), (3, 1)], Positions(queue));
        End(queue, 1);
        Assert.Equal([2, 3], Take(queue));
    }

    [Fact]
    public void A_site_of_the_same_name_waits_whatever_its_bench()
    {
        var queue = Queue(20, "~bench:a site:one", "~bench:b site:one", "~bench:c site:one");
        Assert.Equal([1], Take(queue));
        Assert.Equal([(2, 1), (3, 2)], Positions(queue));
    }

    [Fact]
    public void Nobody_overtakes_at_a_lock()
    {
        // The third could share the bench with the first, but the second came before it and wants the bench alone.
        var queue = Queue(20, "~bench:a", "bench:a", "~bench:a");
        Assert.Equal([1], Take(queue));
        Assert.Equal([(2, 1), (3, 1)], Positions(queue));
        End(queue, 1);
        Assert.Equal([2], Take(queue));
        End(queue, 2);
        Assert.Equal([3], Take(queue));
    }

    [Fact]
    public void No_more_run_than_the_server_can_bear()
    {
        var queue = Queue(2, "site:a", "site:b", "site:c");
        Assert.Equal([1, 2], Take(queue));
        Assert.Equal([(3, 1)], Positions(queue));
    }

    [Fact]
    public async Task Places_in_the_queue_are_told_when_they_change()
    {
        using var harness = new JobHarness();
        harness.Submit(1, "bench:a");
        harness.Submit(2, "bench:a");
        Assert.Equal(2, harness.Submit(3, "bench:a").Job!.QueuePosition);
        harness.Engine.Cancel(JobHarness.Id(2));
        Assert.Equal(1, harness.Store.Find(JobHarness.Id(3))!.QueuePosition);
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        var third = await harness.UntilAsync(3, job => job.State == JobState.Running);
        Assert.Equal(0, third.QueuePosition);
        Assert.Equal([0, 2, 1, 0], harness.Events().Where(told => told.JobId == JobHarness.Id(3) && told.Job is not null).Select(told => told.Job!.QueuePosition).Take(4));
    }

    private static JobQueue Queue(int parallel, params string[] locks)
    {
        using var work = new FakeWork();
        var queue = new JobQueue(parallel);
        for (var index = 0; index < locks.Length; index++)
        {
            var stored = new StoredJob(JobHarness.Id(index + 1), "new-bench", JobState.Pending, locks[index], index, Outcome: null);
            queue.Add(new QueuedJob(stored, work.Locks(locks[index])));
        }

        return queue;
    }

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 0);

    private static IEnumerable<int> Take(JobQueue queue) => queue.TakeStartable().Select(job => Number(job.Stored.Id));

    private static IEnumerable<(int, int)> Positions(JobQueue queue) => queue.Positions().Select(pair => (Number(pair.Key), pair.Value));

    private static void End(JobQueue queue, int number) => queue.Remove(queue.Find(JobHarness.Id(number))!);
}

using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>The feed: numbered without gaps, durable, and never told otherwise.</summary>
public sealed class JobFeedTests : IDisposable
{
    private readonly JobHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Numbers_have_no_gap_also_with_many_jobs_at_once_and_over_a_restart()
    {
        for (var number = 1; number <= 30; number++)
            harness.Submit(number, $"site:{number}");

        for (var step = 0; step < 40; step++)
            harness.Work.Go();

        harness.Submit(31, "site:31");
        harness.Restart();
        harness.Engine.Cancel(JobHarness.Id(31));
        for (var step = 0; step < 100; step++)
            harness.Work.Go();

        await harness.UntilEndAsync(30);
        var numbers = harness.Events().Select(told => told.Number).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_exactly_what_it_missed()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        var seen = harness.Events();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        var missed = harness.Events(seen[^1].Number);
        Assert.Equal(harness.Events().Select(told => told.Number), seen.Concat(missed).Select(told => told.Number));
        Assert.Equal(JobState.Success, missed[^1].Job!.State);
    }

    [Fact]
    public async Task The_last_event_of_a_job_tells_what_the_store_holds()
    {
        harness.Submit(1, "bench:a");
        harness.Engine.Cancel(JobHarness.Id(1));
        await harness.UntilEndAsync(1);
        var told = harness.Events().Last(feedEvent => feedEvent.Job is not null).Job!;
        Assert.Equal(harness.Store.Find(JobHarness.Id(1))!.State, told.State);
    }

    [Fact]
    public void A_change_that_fails_uses_no_number()
    {
        harness.Submit(1, "bench:a");
        Assert.Throws<InvalidOperationException>(() => harness.Store.Start(JobHarness.Id(99)));
        harness.Store.Say(JobHarness.Id(1), "first", "text");
        var numbers = harness.Events().Select(told => told.Number).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
    }

    [Fact]
    public void The_epoch_stays_over_a_restart_and_changes_with_the_store()
    {
        var epoch = harness.Feed.Epoch;
        harness.Restart();
        Assert.Equal(epoch, harness.Feed.Epoch);
        using var other = new JobHarness();
        Assert.NotEqual(epoch, other.Feed.Epoch);
    }

    [Fact]
    public async Task Old_jobs_go_but_their_keys_and_numbers_never_come_again()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        var last = harness.Events()[^1].Number;
        harness.Time.Advance(TimeSpan.FromDays(31));
        harness.Submit(2, "bench:b");
        Assert.Equal(1, harness.Store.Prune(harness.Time.GetUtcNow().AddDays(-30)));
        Assert.Null(harness.Store.Find(JobHarness.Id(1)));
        Assert.NotNull(harness.Store.Find(JobHarness.Id(2)));
        Assert.Equal(Acceptance.KeyReused, harness.Submit(1, "bench:a").Acceptance);
        Assert.All(harness.Events(), told => Assert.True(told.Number > last));

        // All of it gone: the next number is still the next.
        var next = harness.Events()[^1].Number;
        harness.Store.Prune(harness.Time.GetUtcNow().AddDays(1));
        Assert.Empty(harness.Events());
        harness.Store.Say(JobHarness.Id(2), "first", "text");
        Assert.True(harness.Events()[0].Number > next);
    }

    [Fact]
    public void Output_goes_out_in_batches_and_progress_at_their_pace()
    {
        // The second waits for the first, so that nobody but this test tells anything of it.
        harness.Submit(1, "bench:a");
        harness.Submit(2, "bench:a");
        var before = harness.Events()[^1].Number;
        using (var log = new StepLog(harness.Store, JobHarness.Id(2), FakeWork.FakeType.Steps[0], new Redactor(), harness.Time, NullLogger.Instance))
        {
            log.Line("one");
            log.Line("two");
            for (var percent = 0; percent <= 42; percent++)
                log.Progress(percent);

            harness.Time.Advance(TimeSpan.FromMilliseconds(200));
            log.Line(new string('x', 40_000));
        }

        var told = harness.Events(before).Where(feedEvent => feedEvent.JobId == JobHarness.Id(2)).ToList();
        Assert.Equal("one\ntwo\n", told[0].Output);
        Assert.Equal(42, told[1].Job!.Steps[0].Progress);
        Assert.All(told.Skip(2), feedEvent => Assert.InRange(feedEvent.Output!.Length, 1, 16 * 1024));
        Assert.Equal(new string('x', 40_000) + "\n", string.Concat(told.Skip(2).Select(feedEvent => feedEvent.Output)));
    }
}

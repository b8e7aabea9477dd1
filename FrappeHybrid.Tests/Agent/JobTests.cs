using System.Text;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Jobs from the call that stores them to their end, over kills and cancellations.</summary>
public sealed class JobTests : IDisposable
{
    private const string Password = "Sup3r!secret";
    private readonly JobHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_job_goes_through_its_steps_and_ends_with_its_result()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        harness.Work.Go();
        var job = await harness.UntilEndAsync(1);
        Assert.Equal(JobState.Success, job.State);
        Assert.Equal([StepState.Success, StepState.Skipped], job.Steps.Select(step => step.State));
        Assert.Equal(["made", "nothing to do"], job.Steps.Select(step => step.Summary));
        Assert.True(job.Result!.Value.GetProperty("made").GetBoolean());
        Assert.Empty(harness.Store.Claims(JobHarness.Id(1)));
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_is_the_same_job()
    {
        Assert.Equal(Acceptance.Accepted, harness.Submit(1, "bench:a").Acceptance);
        Assert.Equal(Acceptance.SameAgain, harness.Submit(1, "bench:a").Acceptance);
        Assert.Equal(Acceptance.KeyReused, harness.Submit(1, "bench:b").Acceptance);
        Assert.Single(harness.Store.List(state: null, 10));
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        Assert.Equal(Acceptance.SameAgain, harness.Submit(1, "bench:a").Acceptance);
        Assert.Single(harness.Work.Things);
    }

    [Fact]
    public async Task The_same_key_is_the_same_job_after_a_restart_too()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        harness.Restart();
        Assert.Equal(Acceptance.SameAgain, harness.Submit(1, "bench:a").Acceptance);
        Assert.Equal(Acceptance.KeyReused, harness.Submit(1, "bench:b").Acceptance);
        Assert.Single(harness.Store.List(state: null, 10));
    }

    [Fact]
    public void A_voided_key_never_begins_also_after_a_restart()
    {
        Assert.Null(harness.Engine.Void(JobHarness.Id(1)));
        Assert.Equal(Acceptance.KeyReused, harness.Submit(1, "bench:a").Acceptance);
        harness.Restart();
        Assert.Null(harness.Engine.Void(JobHarness.Id(1)));
        Assert.Equal(Acceptance.KeyReused, harness.Submit(1, "bench:a").Acceptance);
        Assert.Empty(harness.Store.List(state: null, 10));
    }

    [Fact]
    public async Task Voiding_a_job_that_runs_ends_it_and_takes_away_what_it_made()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        Assert.True(harness.Engine.Void(JobHarness.Id(1))!.Value.StillToEnd);
        Assert.Equal(JobState.Cancelled, (await harness.UntilEndAsync(1)).State);
        Assert.Equal(["bench:a"], harness.Work.Compensated);
    }

    [Fact]
    public async Task A_repeated_request_leaves_the_secret_of_the_first_alone()
    {
        harness.Submit(1, "bench:a", Password);
        harness.Submit(1, "bench:a", "another", digest: "other");
        Assert.Equal(Password, harness.Secrets.Find(JobHarness.Id(1)));
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        await UntilForgottenAsync();
        harness.Submit(1, "bench:a", Password);
        Assert.Null(harness.Secrets.Find(JobHarness.Id(1)));
    }

    [Fact]
    public async Task A_secret_is_in_its_own_file_only_and_gone_at_the_end()
    {
        harness.Submit(1, "bench:a", Password);
        await harness.UntilStepAsync(1, "first");
        var file = Path.Combine(harness.SecretsFolder, JobHarness.Id(1).ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilEndAsync(1);
        await UntilForgottenAsync();
        Assert.Contains(harness.Events(), feedEvent => feedEvent.Output == "the password is [hidden]\n");
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(harness.DatabaseFile)!, "agent.db*"))
            Assert.DoesNotContain(Password, Encoding.Latin1.GetString(await ReadAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_takes_away_what_the_job_claimed()
    {
        harness.Work.Failure = new JobFailedException(JobErrorCodes.NotReady, "It does not answer.", "Look at it.", $"said {Password}");
        harness.Submit(1, "bench:a", Password);
        harness.Work.Go();
        harness.Work.Go();
        var job = await harness.UntilEndAsync(1);
        Assert.Equal(JobState.Failure, job.State);
        Assert.Equal(new JobError(JobErrorCodes.NotReady, "It does not answer.", "Look at it.", "said [hidden]"), job.Error);
        Assert.Equal([StepState.Success, StepState.Failure], job.Steps.Select(step => step.State));
        Assert.Empty(harness.Work.Things);
    }

    [Fact]
    public async Task A_job_that_finds_its_thing_there_never_touches_it()
    {
        harness.Work.Things.Add("bench:a");
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        var job = await harness.UntilEndAsync(1);
        Assert.Equal(JobErrorCodes.BenchExists, job.Error?.Code);
        Assert.Equal(StepState.Skipped, job.Steps[1].State);
        Assert.Contains("bench:a", harness.Work.Things);
        Assert.Empty(harness.Work.Compensated);
    }

    [Fact]
    public async Task Compensation_is_tried_until_it_works_and_the_job_ends_only_then()
    {
        harness.Work.Failure = new JobFailedException(JobErrorCodes.NotReady, "It does not answer.");
        harness.Work.CompensationFailures = 3;
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilAsync(1, job => job.Error is not null);
        var end = harness.UntilEndAsync(1);
        await PassTimeAsync(end, TimeSpan.FromSeconds(1));
        Assert.Equal(JobErrorCodes.NotReady, (await end).Error?.Code);
        Assert.Empty(harness.Work.Things);
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled_at_once()
    {
        harness.Submit(1, "bench:a");
        harness.Submit(2, "bench:a", Password);
        var (job, stillToEnd) = harness.Engine.Cancel(JobHarness.Id(2))!.Value;
        Assert.False(stillToEnd);
        Assert.Equal(JobState.Cancelled, job.State);
        Assert.All(job.Steps, step => Assert.Equal(StepState.Skipped, step.State));
        Assert.Null(harness.Secrets.Find(JobHarness.Id(2)));
        harness.Work.Go();
        harness.Work.Go();
        Assert.Equal(JobState.Success, (await harness.UntilEndAsync(1)).State);
    }

    [Fact]
    public async Task A_job_that_runs_is_cancelled_through_its_compensation()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        Assert.True(harness.Engine.Cancel(JobHarness.Id(1))!.Value.StillToEnd);
        var job = await harness.UntilEndAsync(1);
        Assert.Equal(JobState.Cancelled, job.State);
        Assert.Equal(JobErrorCodes.Cancelled, job.Error?.Code);
        Assert.Equal(["bench:a"], harness.Work.Compensated);
        Assert.Null(harness.Engine.Cancel(JobHarness.Id(9)));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_ended()
    {
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        var end = harness.UntilEndAsync(1);
        harness.Time.Advance(FakeWork.FakeType.TimeLimit);
        Assert.Equal(JobErrorCodes.TimeLimit, (await end).Error?.Code);
        Assert.Empty(harness.Work.Things);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("cancel")]
    [InlineData("fail")]
    public async Task A_job_past_its_point_of_no_return_is_finished_however_it_was_ended(string how)
    {
        harness.Work.PassesReturn = true;
        harness.Work.Failure = how == "fail" ? new InvalidOperationException("too late") : null;
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        while (!harness.Store.Claims(JobHarness.Id(1)).Any(claim => claim.Kind == "past-return"))
            await Task.Yield();

        if (how == "kill")
            harness.Restart();
        else if (how == "cancel")
            harness.Engine.Cancel(JobHarness.Id(1));
        else
            harness.Work.Go();

        var job = await harness.UntilEndAsync(1);
        Assert.Equal((JobState.Success, null), (job.State, job.Error));
        Assert.All(job.Steps, step => Assert.Equal(StepState.Success, step.State));
        Assert.Equal(1, harness.Work.Finished);
        Assert.Empty(harness.Work.Compensated);
    }

    [Fact]
    public async Task A_killed_Agents_running_job_ends_as_interrupted_and_its_waiting_one_runs()
    {
        harness.Submit(1, "bench:a", Password);
        harness.Submit(2, "bench:a", Password);
        harness.Work.Go();
        await harness.UntilStepAsync(1, "second");
        harness.Restart();
        var first = await harness.UntilEndAsync(1);
        Assert.Equal((JobState.Failure, JobErrorCodes.Interrupted), (first.State, first.Error?.Code));
        Assert.Equal([StepState.Success, StepState.Failure], first.Steps.Select(step => step.State));
        Assert.Equal(["bench:a"], harness.Work.Compensated);

        await harness.UntilStepAsync(2, "first");
        Assert.Equal(Password, harness.Secrets.Find(JobHarness.Id(2)));
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_compensation_keeps_the_first_reason()
    {
        harness.Work.Failure = new JobFailedException(JobErrorCodes.NotReady, "It does not answer.");
        harness.Work.CompensationFailures = int.MaxValue;
        harness.Submit(1, "bench:a");
        harness.Work.Go();
        harness.Work.Go();
        await harness.UntilAsync(1, job => job.Error is not null);
        harness.Work.CompensationFailures = 0;
        harness.Restart();
        var job = await harness.UntilEndAsync(1);
        Assert.Equal(JobErrorCodes.NotReady, job.Error?.Code);
        Assert.Empty(harness.Work.Things);
    }

    [Fact]
    public void Secrets_that_nobody_needs_are_taken_away_at_start()
    {
        harness.Secrets.Keep(JobHarness.Id(7), Password);
        harness.Restart();
        Assert.Null(harness.Secrets.Find(JobHarness.Id(7)));
    }

    /// <summary>The file goes after the end has been told, so that a kill between the two loses nothing.</summary>
    private async Task UntilForgottenAsync()
    {
        for (var tries = 0; harness.Secrets.Find(JobHarness.Id(1)) is not null && tries < 10_000; tries++)
            await Task.Yield();
    }

    private async Task PassTimeAsync(Task end, TimeSpan step)
    {
        while (!end.IsCompleted)
        {
            // Only while somebody waits for it: time that runs by itself would outrun the code.
            if (harness.Time.IsAwaited)
                harness.Time.Advance(step);

            await Task.Yield();
        }
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}

using System.IO.Compression;
using System.Net.Sockets;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>What goes out to whoever helps, and what does not; and what a job's page tells about the jobs around it.</summary>
public sealed class SupportBundleTests
{
    private static readonly JobEvidence Evidence = new(
        "0.1.0", new ServerInfo("host", "Debian GNU/Linux 12 (bookworm)", "6.1.0", 2, 0.1, 8L << 30, 4L << 30, 100L << 30, 50L << 30, "20.10.24", "running", 0, 3600),
        "the Agent said this", [new ServiceEvidence("backend", "running", "the backend said that")]);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bundle_holds_steps_output_error_and_the_servers_word_and_is_recorded()
    {
        await using var core = await TestCore.StartAsync();
        var (_, jobId) = await FailedAsync(core);
        core.Agent.Evidence = Evidence;

        var files = await OpenAsync(core, jobId);

        Assert.Contains("\"disk-full\"", files["job.json"], StringComparison.Ordinal);
        Assert.Contains("Server agent", files["job.json"], StringComparison.Ordinal);
        Assert.Equal("some output\n", files["output/02-pull-image.txt"]);
        Assert.Equal("raw words", files["error-output.txt"]);
        Assert.Equal("the Agent said this", files["agent-log.txt"]);
        Assert.Contains("the backend said that", files["services/backend.txt"], StringComparison.Ordinal);
        await using var db = await core.DbAsync();
        Assert.Equal(1, await db.Activity.CountAsync(entry => entry.Act == "download-support-bundle" && entry.SubjectId == jobId, Cancel));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_leaves_a_bundle_of_what_the_portal_knows()
    {
        await using var core = await TestCore.StartAsync();
        var (_, jobId) = await FailedAsync(core);
        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));

        var files = await OpenAsync(core, jobId);

        Assert.Contains("was not asked", files["server-now.txt"], StringComparison.Ordinal);
        Assert.Equal("raw words", files["error-output.txt"]);
    }

    [Theory]
    [InlineData(TeamRole.Developer, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Logs_are_in_it_for_who_may_read_them(TeamRole role, bool reads)
    {
        await using var core = await TestCore.StartAsync();
        var (_, jobId) = await FailedAsync(core);
        core.Agent.Evidence = Evidence;
        var files = await OpenAsync(core, jobId, TestCore.ActorOf(core.Team.Id, role));
        Assert.Equal(reads, files.ContainsKey("agent-log.txt"));
        Assert.Equal(reads, files.Keys.Any(name => name.StartsWith("services/", StringComparison.Ordinal)));
        Assert.Contains("output/", string.Join(' ', files.Keys), StringComparison.Ordinal);
        Assert.NotEqual(reads, files.ContainsKey("server-now.txt"));
    }

    [Fact]
    public async Task Who_is_limited_to_one_bench_gets_its_services_words_and_nothing_of_the_rest_of_the_server()
    {
        await using var core = await TestCore.StartAsync();
        var (_, jobId) = await FailedAsync(core);
        core.Agent.Evidence = Evidence;
        var place = (await core.JobAsync(jobId)).Place;
        var limited = new Actor(Guid.CreateVersion7(), "limited@example.com", StaffRole.None, [new Grant(TeamRole.Developer, place)]);
        var files = await OpenAsync(core, jobId, limited);
        Assert.Contains(files.Keys, name => name.StartsWith("services/", StringComparison.Ordinal));
        Assert.DoesNotContain("the Agent said this", string.Concat(files.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("Debian GNU/Linux", string.Concat(files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_gets_none_and_a_job_that_runs_has_none()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var (_, running) = await core.OrderBenchAsync(server);
        using var target = new MemoryStream();
        var stranger = TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner);
        Assert.Equal("not-found", (await core.Get<SupportBundle>().WriteAsync(stranger, running, "1", target, Cancel)).Error?.Code);
        Assert.Equal("job-not-ended", (await core.Get<SupportBundle>().WriteAsync(core.Owner, running, "1", target, Cancel)).Error?.Code);
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public async Task A_retry_and_its_first_try_know_each_other_and_a_job_that_waits_names_what_it_waits_for()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        var job = core.Get<JobFactory>().ForBench(BenchJobTypes.Restart, bench, "/restart", new RestartBenchRequest(null), BenchWorkJson.Default.RestartBenchRequest);
        var first = job.Id;
        await using (var db = await core.DbAsync())
        {
            var again = core.Get<JobFactory>().Again(job)!;
            again.Apply(Snapshots.Of(again.Id, BenchJobTypes.Restart, JobState.Pending) with { QueuePosition = 1 });
            job.Apply(Snapshots.Of(first, BenchJobTypes.Restart, JobState.Running));
            db.Jobs.AddRange(job, again);
            await db.SaveChangesAsync(Cancel);

            var about = await core.Get<JobQueries>().AboutAsync(core.Owner, again.Id, Cancel);
            Assert.Equal(first, about!.RetryOf!.Id);
            Assert.Equal([first], about.WaitsFor.Select(run => run.Id));
            Assert.Equal(BenchJobTypes.Restart.TimeLimit, about.TimeLimit);
            Assert.Equal(again.Id, (await core.Get<JobQueries>().AboutAsync(core.Owner, first, Cancel))!.RetriedAs!.Id);
            Assert.Null(await core.Get<JobQueries>().AboutAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), first, Cancel));
        }
    }

    private static async Task<(Guid Server, Guid Job)> FailedAsync(TestCore core)
    {
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);
        await using var db = await core.DbAsync();
        var job = await db.Jobs.Include(each => each.Steps).SingleAsync(each => each.Id == jobId, Cancel);
        job.Apply(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Failure) with { Error = new JobError("disk-full", "The server's disk is full.", "Free some space.", "raw words") });
        db.RunOutputs.Add(new RunOutput { RunId = jobId, StepKey = NewBenchSteps.PullImage.Key, Text = "some output\n" });
        await db.SaveChangesAsync(Cancel);
        return (server.Id, jobId);
    }

    private static async Task<Dictionary<string, string>> OpenAsync(TestCore core, Guid jobId, Actor? actor = null)
    {
        using var target = new MemoryStream();
        var written = await core.Get<SupportBundle>().WriteAsync(actor ?? core.Owner, jobId, "1.2.3", target, Cancel);
        Assert.True(written.IsDone, written.Error?.Message);
        Assert.EndsWith(".zip", written.Value, StringComparison.Ordinal);
        target.Position = 0;
        await using var archive = new ZipArchive(target, ZipArchiveMode.Read);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            files[entry.FullName] = await reader.ReadToEndAsync(Cancel);
        }

        return files;
    }
}

using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>What a job does when something under it is gone: it says so in plain words, leaves nothing, and the same job works once it is back.</summary>
[Trait("Category", "Docker")]
public sealed class FaultTests(KillGround ground) : IClassFixture<KillGround>
{
    [Fact]
    public async Task MariaDB_is_stopped()
    {
        await ground.LayAsync();
        var before = await ServerInventory.TakeAsync(ground.Server);
        var database = $"{ground.Server.Prefix}-mariadb";
        await Shell.RunAsync("docker", "stop", "-t", "5", database);
        JobSnapshot job;
        try
        {
            job = await ground.Server.UntilEndAsync(await ground.Server.NewSiteAsync(ground.Bench, $"{ground.Fresh()}.example.com", KillGround.Password));
        }
        finally
        {
            await Shell.RunAsync("docker", "start", database);
            await ground.Server.UntilAsync(async () => await ground.Server.QueryAsync("SELECT 1") is ["1"]);
        }

        AssertSays(job, JobErrorCodes.DatabaseUnreachable, "MariaDB");
        await AssertNothingLeftAsync(before);
        await ground.SucceedAsync(await ground.Server.NewSiteAsync(ground.Bench, $"{ground.Name}.example.com", KillGround.Password));
    }

    [Fact]
    public async Task Redis_of_the_bench_is_stopped()
    {
        await ground.LayAsync();
        var redis = $"{ground.Bench}-redis-cache";
        await Shell.RunAsync("docker", "stop", "-t", "2", redis);
        JobSnapshot job;
        try
        {
            job = await ground.Server.UntilEndAsync(await MigrateAsync());
        }
        finally
        {
            await Shell.RunAsync("docker", "start", redis);
        }

        Assert.Equal(JobState.Failure, job.State);
        Assert.Contains("edis", job.Error!.Message, StringComparison.Ordinal);
        await ground.Server.UntilAsync(async () => (await ground.Server.ReadAsync(ground.Bench, ground.Site)).Status == 200);
    }

    [Fact]
    public async Task The_registry_is_gone()
    {
        await ground.LayAsync();
        var before = await ServerInventory.TakeAsync(ground.Server);
        var bench = $"{ground.Server.Prefix}-{ground.Fresh()}";
        var id = await ground.OrderAsync(AgentRoutes.Benches, $$"""{"name":"{{bench}}","image":"127.0.0.1:1/frappe/erpnext:v15","redisImage":"{{ground.Server.Images.Redis}}"}""");
        AssertSays(await ground.Server.UntilEndAsync(id), JobErrorCodes.RegistryUnreachable, "registry");
        await AssertNothingLeftAsync(before);
    }

    [Fact]
    public async Task The_disk_is_full_in_the_middle_of_a_backup()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A small volume is mounted: that needs root.");
        await ground.LayAsync();
        var before = await ServerInventory.TakeAsync(ground.Server);
        var folder = Path.Combine(ground.Server.Paths.BenchFolder(ground.Bench), "backups");
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);

        // Room enough for the job's first look, and no entries left once the first files are there.
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", "size=256m,nr_inodes=5,uid=1000,gid=1000", "tmpfs", folder);
        JobSnapshot job;
        try
        {
            job = await ground.Server.UntilEndAsync(await ground.OrderAsync(BackupRoutes.ForBackups(ground.Bench, ground.Site), """{"withFiles":true}"""));
            Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        }
        finally
        {
            await Shell.RunAsync("umount", folder);
            if (isNew)
                Directory.Delete(folder);
        }

        Assert.Equal(StepState.Failure, job.Steps.Single(step => step.Key == BackupSteps.Copy.Key).State);
        AssertSays(job, JobErrorCodes.DiskFull, "disk is full");
        await AssertNothingLeftAsync(before);
        await ground.AssertServesAsync();
    }

    [Fact]
    public async Task Trap_16_two_acts_on_one_site_never_run_at_once()
    {
        await ground.LayAsync();
        var number = ground.Server.Told;
        var events = new List<FeedEvent>();
        var first = await MigrateAsync();
        var second = await MigrateAsync();
        await ground.Server.UntilEndAsync(second, events, number);

        var told = events.Where(line => line.Job is not null).ToList();
        Assert.Contains(told, line => line.JobId == second && line.Job is { State: JobState.Pending, QueuePosition: 1 });
        var firstEnded = told.Where(line => line.JobId == first).First(line => line.Job!.FinishedAt is not null);
        var secondBegan = told.First(line => line.JobId == second && line.Job!.State == JobState.Running);
        Assert.True(secondBegan.Number > firstEnded.Number, "The second began before the first had ended.");
    }

    [Fact]
    public async Task Evidence_of_a_job_holds_what_the_services_said_and_no_secret()
    {
        await ground.LayAsync();
        var job = await MigrateAsync();
        await ground.Server.UntilEndAsync(job);
        var config = await File.ReadAllTextAsync(Path.Combine(ground.Server.Paths.BenchFolder(ground.Bench), "sites", ground.Site.Value, "site_config.json"), Xunit.TestContext.Current.CancellationToken);
        using var document = System.Text.Json.JsonDocument.Parse(config);
        var password = document.RootElement.GetProperty("db_password").GetString()!;
        await Shell.RunAsync("docker", "exec", $"{ground.Bench}-backend", "sh", "-c", $"echo 'canary of the test: {password} end' > /proc/1/fd/1");

        var evidence = await ground.Server.Client.GetStringAsync(AgentRoutes.ForJobEvidence(job, ground.Bench), Xunit.TestContext.Current.CancellationToken);

        Assert.Contains("canary of the test: [hidden] end", evidence, StringComparison.Ordinal);
        Assert.DoesNotContain(password, evidence, StringComparison.Ordinal);
        Assert.Contains(job.ToString(), evidence, StringComparison.Ordinal);
    }

    private Task<Guid> MigrateAsync() => ground.OrderAsync(UpdateRoutes.ForMigrate(ground.Bench, ground.Site), """{"skipFailingPatches":false}""");

    private static void AssertSays(JobSnapshot job, string code, string word)
    {
        Assert.Equal((JobState.Failure, code), (job.State, job.Error?.Code));
        Assert.Contains(word, job.Error!.Message, StringComparison.Ordinal);
        Assert.NotNull(job.Error.Advice);
    }

    private async Task AssertNothingLeftAsync(ServerInventory before) =>
        Assert.Equal("", before.To(await ServerInventory.TakeAsync(ground.Server)).ToString());
}

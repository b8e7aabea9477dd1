using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrappeHybrid.Tests.Agent;

/// <summary>The Agent's job machinery on a real store in a temporary folder; <see cref="Restart"/> is a kill and a new start.</summary>
internal sealed class JobHarness : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly int parallel;
    private long told;

    public JobHarness(int parallel = 20)
    {
        this.parallel = parallel;
        (Database, Feed, Store, Secrets, Engine) = Make();
    }

    public FakeTime Time { get; } = new();

    public FakeWork Work { get; } = new();

    public JobDatabase Database { get; private set; }

    public JobFeed Feed { get; private set; }

    public JobStore Store { get; private set; }

    public JobSecrets Secrets { get; private set; }

    public JobEngine Engine { get; private set; }

    public string SecretsFolder => root.Paths.SecretsFolder;

    public string DatabaseFile => root.Paths.Database;

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public (Acceptance Acceptance, JobSnapshot? Job) Submit(int number, string request, string? secret = null, string? digest = null) =>
        Engine.Submit(new JobSubmission(Id(number), FakeWork.FakeType, request, digest ?? request), secret);

    /// <summary>The old engine is simply left, as a kill leaves it; its tasks wait for ever.</summary>
    public void Restart()
    {
        Database.Dispose();
        (Database, Feed, Store, Secrets, Engine) = Make();
        Engine.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public IReadOnlyList<FeedEvent> Events(long after = 0) =>
        [.. Feed.Read(after, 10_000).Select(entry => JsonSerializer.Deserialize(entry.Line, AgentJson.Default.FeedEvent)!)];

    /// <summary>Waits until the feed tells of a job what the test wants; the feed wakes it, no clock does.</summary>
    public async Task<JobSnapshot> UntilAsync(int number, Func<JobSnapshot, bool> wanted)
    {
        while (true)
        {
            var next = Feed.NextChange;
            foreach (var feedEvent in Events(told))
            {
                told = feedEvent.Number;
                if (feedEvent.JobId == Id(number) && feedEvent.Job is { } job && wanted(job))
                    return job;
            }

            await next.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    public Task<JobSnapshot> UntilEndAsync(int number) => UntilAsync(number, job => job.State is JobState.Success or JobState.Failure or JobState.Cancelled);

    public Task<JobSnapshot> UntilStepAsync(int number, string step) =>
        UntilAsync(number, job => job.Steps.Any(each => each.Key == step && each.State == StepState.Running));

    public void Dispose()
    {
        // What still runs ends first: it would write into the folder that goes.
        Engine.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        Work.Dispose();
        Database.Dispose();
        root.Dispose();
    }

    private (JobDatabase, JobFeed, JobStore, JobSecrets, JobEngine) Make()
    {
        var database = new JobDatabase(root.Paths);
        var feed = new JobFeed(database);
        var store = new JobStore(database, feed, Time);
        var secrets = new JobSecrets(root.Paths);
        var runner = new JobRunner(store, secrets, new ContainerProcesses(Time), Time, NullLogger<JobRunner>.Instance);
        return (database, feed, store, secrets, new JobEngine(store, secrets, runner, [Work], parallel, NullLogger<JobEngine>.Instance));
    }
}

using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>
/// The network between Portal and Agent goes away in the middle of a job. Both sides are real: the portal's dispatcher, its followers and its pinned connection, the Agent's
/// process and a real bench; only the wire between them is the test's.
/// </summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class NetworkCutTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cut")]
    [InlineData("held")]
    [InlineData("held-and-lost")]
    public async Task Results_arrive_after_it_is_back_once_each(string how)
    {
        await using var scene = await SceneAsync();
        await using var engines = new PortalEngines(scene.Core);
        var site = (await scene.Core.Get<CreateSite>().RunAsync(scene.Core.Owner, new(scene.Bench.Id, $"{how}.example.com", Password, []), Cancel)).Value;
        var job = await scene.JobOfAsync(db => db.Jobs.Where(each => each.SiteId == site));
        await scene.UntilAsync(async () => (await scene.Core.JobAsync(job)).Steps.Exists(step => step is { Key: "create-site", Progress: > 0 }));

        if (how == "cut")
            scene.Network.Cut();
        else
            scene.Network.Hold();
        var events = new List<FeedEvent>();
        var ended = await scene.Agent.UntilEndAsync(job, events);
        Assert.True(ended.State == JobState.Success, $"{ended.Error}");
        Assert.Equal(RunState.Running, (await scene.Core.JobAsync(job)).State);

        if (how == "held-and-lost")
            scene.Network.Cut();
        scene.Network.Mend();
        await scene.UntilAsync(async () => (await scene.Core.JobAsync(job)).HasEnded);

        var row = await scene.Core.JobAsync(job);
        Assert.Equal((RunState.Success, ended.FinishedAt!.Value.ToUnixTimeMilliseconds()), (row.State, row.FinishedAt!.Value.ToUnixTimeMilliseconds()));
        Assert.Equal(ended.Steps.Select(step => (step.Key, step.State)), row.Steps.OrderBy(step => step.Number).Select(step => (step.Key, step.State)));
        Assert.True((await scene.Core.ServerAsync(row.ServerId)).FeedNumber >= events[^1].Number);
        Assert.Equal(OutputOf(events, job), await scene.OutputAsync(job));
        await using var db = await scene.Core.DbAsync();
        Assert.Equal([(site, SiteState.Active)], await db.Sites.Select(each => new ValueTuple<Guid, SiteState>(each.Id, each.State)).ToListAsync(Cancel));
        Assert.Equal(200, (await scene.Agent.ReadAsync(scene.Bench.Name, (await db.Sites.SingleAsync(Cancel)).Name)).Status);
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_the_way_makes_no_second_job()
    {
        await using var scene = await SceneAsync();
        var server = await scene.Core.ServerAsync(scene.Bench.ServerId);
        await scene.Core.Get<AgentClient>().VersionAsync(server, Cancel);
        var before = await RestartsAsync(scene);

        // On the connection that is open, as a request is when the way back breaks.
        scene.Network.LoseAnswers();
        var job = (await scene.Core.Get<RestartBench>().RunAsync(scene.Core.Owner, scene.Bench.Id, [BenchService.QueueShort], Cancel)).Value;
        var sending = scene.Core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        await scene.Agent.UntilAsync(async () => (await scene.Agent.Client.GetStringAsync(AgentRoutes.ForJob(job), Cancel)).Length > 0);
        Assert.Equal((RunState.Undelivered, true), ((await scene.Core.JobAsync(job)).State, (await scene.Core.JobAsync(job)).MayBeDelivered));
        scene.Network.Cut();
        await sending;
        await scene.Agent.UntilEndAsync(job);
        scene.Network.Mend();
        await using var engines = new PortalEngines(scene.Core);
        await scene.UntilAsync(async () => (await scene.Core.JobAsync(job)).HasEnded);

        Assert.Equal(RunState.Success, (await scene.Core.JobAsync(job)).State);
        Assert.Equal(before + 1, await RestartsAsync(scene));
    }

    private static string OutputOf(List<FeedEvent> events, Guid job) => string.Join(
        '\n', events.Where(told => told.JobId == job && told.Output is not null).GroupBy(told => told.Step, StringComparer.Ordinal).OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => $"{step.Key}: {string.Concat(step.Select(told => told.Output))}"));

    /// <summary>How often the Agent has been asked to restart something of the bench, as its own list of jobs says.</summary>
    private static async Task<int> RestartsAsync(Scene scene) => JsonSerializer
        .Deserialize(await scene.Agent.Client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"{AgentRoutes.Jobs}?limit=500"), Cancel), AgentJson.Default.IReadOnlyListJobSnapshot)!
        .Count(job => job.Type == BenchJobTypes.Restart.Key);

    private async Task<Scene> SceneAsync()
    {
        var (agent, name) = await fixture.BenchAsync();
        var core = await TestCore.StartAsync();
        var certificate = core.Get<PortalCertificate>();
        await agent.TrustAsync(certificate.Fingerprint);
        var network = Network.To(agent.Port);
        var connection = new AgentConnection(certificate);
        core.Real = connection;
        var server = await core.AddServerAsync(Network.Address);
        await using (var db = await core.DbAsync())
            await db.Servers.ExecuteUpdateAsync(set => set.SetProperty(each => each.AgentFingerprint, agent.Fingerprint), Cancel);
        var scene = new Scene(core, agent, network, connection, await core.AddBenchAsync(server, name.Value));
        server = await core.ServerAsync(server.Id);
        await agent.UntilAsync(async () =>
        {
            try
            {
                return (await core.Get<AgentClient>().VersionAsync(server, Cancel)).Version.Length > 0;
            }
            catch (AgentException)
            {
                return false; // the Agent has not read its settings again yet
            }
        });
        return scene;
    }

    private sealed record Scene(TestCore Core, AgentServer Agent, Network Network, AgentConnection Connection, Bench Bench) : IAsyncDisposable
    {
        public Task UntilAsync(Func<Task<bool>> condition) => Core.UntilAsync(condition, patience: Patience);

        public async Task<Guid> JobOfAsync(Func<FrappeHybrid.Core.Data.PortalDb, IQueryable<Job>> find)
        {
            await using var db = await Core.DbAsync();
            return await find(db).Select(job => job.Id).SingleAsync(Cancel);
        }

        /// <summary>What the portal keeps of the job's output.</summary>
        public async Task<string> OutputAsync(Guid job)
        {
            await using var db = await Core.DbAsync();
            var pieces = await db.RunOutputs.Where(output => output.RunId == job).OrderBy(output => output.Id).ToListAsync(Cancel);
            return string.Join('\n', pieces.GroupBy(output => output.StepKey, StringComparer.Ordinal).OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => $"{step.Key}: {string.Concat(step.Select(output => output.Text))}"));
        }

        public async ValueTask DisposeAsync()
        {
            await Network.DisposeAsync();
            await Core.DisposeAsync();
            Connection.Dispose();
        }
    }
}

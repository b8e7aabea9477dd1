using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>What the Agent sees of a bench's network, against a real engine: parts that are stopped, held, and back again.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class BenchNetworkTests(AgentServerFixture fixture)
{
    private static readonly BenchService[] Listening = [BenchService.Backend, BenchService.Frontend, BenchService.Websocket, BenchService.RedisCache, BenchService.RedisQueue];

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_part_of_a_bench_that_works_runs_and_answers()
    {
        var (server, bench) = await fixture.BenchAsync();
        var network = await UntilAsync(server, bench, network => network.Parts.All(part => part.State == "running" && part.Answers != false));
        Assert.Equal([NetworkPartKind.Nginx, .. BenchServices.All.Select(_ => NetworkPartKind.Service), NetworkPartKind.Database], network.Parts.Select(part => part.Kind));
        Assert.Equal(BenchServices.All, network.Parts.Where(part => part.Kind is NetworkPartKind.Service).Select(part => part.Service!.Value));
        Assert.All(network.Parts, part => Assert.Equal(IsAsked(part, network) ? true : null, part.Answers));
        Assert.Equal((await server.ReadAsync(bench)).Sites.Count, network.Sites);
        Assert.Equal(network.Sites, network.Entries);
    }

    [Fact]
    public async Task A_part_that_is_stopped_is_seen_stopped_with_its_exit_code_and_the_others_go_on()
    {
        var (server, bench) = await fixture.BenchAsync();
        await Shell.RunAsync("docker", "stop", "-t", "1", $"{bench}-scheduler");
        try
        {
            var network = await UntilAsync(server, bench, network => PartOf(network, BenchService.Scheduler).State == "exited");
            Assert.NotNull(PartOf(network, BenchService.Scheduler).ExitCode);
            Assert.Null(PartOf(network, BenchService.Scheduler).Answers);
            Assert.True(PartOf(network, BenchService.Backend) is { State: "running", Answers: true });
        }
        finally
        {
            await Shell.RunAsync("docker", "start", $"{bench}-scheduler");
        }

        await UntilAsync(server, bench, network => PartOf(network, BenchService.Scheduler).State == "running");
    }

    [Fact]
    public async Task A_redis_that_runs_and_says_nothing_does_not_answer_and_nobody_waits_long_for_the_picture()
    {
        var (server, bench) = await fixture.BenchAsync();

        // Held by a signal: to the engine the container goes on running.
        await Shell.RunAsync("docker", "kill", "--signal", "STOP", $"{bench}-redis-cache");
        try
        {
            var network = await UntilAsync(server, bench, network => PartOf(network, BenchService.RedisCache).Answers == false);
            Assert.Equal("running", PartOf(network, BenchService.RedisCache).State);
        }
        finally
        {
            await Shell.RunAsync("docker", "kill", "--signal", "CONT", $"{bench}-redis-cache");
        }

        await UntilAsync(server, bench, network => PartOf(network, BenchService.RedisCache).Answers == true);
    }

    [Fact]
    public async Task What_MariaDB_says_is_read_like_any_other_console()
    {
        var (server, _) = await fixture.BenchAsync();
        var answer = await server.Client.GetStringAsync(ConsoleRoutes.ForLinesBefore(ConsoleSource.Database, mark: null, count: 1000), Cancel);
        Assert.Contains("ready for connections", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(AgentServer.RootPassword, answer, StringComparison.Ordinal);
    }

    // The tests' nginx listens once there is a site.
    private static bool IsAsked(NetworkPart part, BenchNetwork network) =>
        part.Service is { } service ? Listening.Contains(service) : part.Kind is not NetworkPartKind.Nginx || network.Entries > 0 || part.Answers == true;

    private static NetworkPart PartOf(BenchNetwork network, BenchService service) => network.Parts.Single(part => part.Service == service);

    private static async Task<BenchNetwork> UntilAsync(AgentServer server, BenchName bench, Func<BenchNetwork, bool> wanted)
    {
        BenchNetwork? seen = null;
        await server.UntilAsync(async () =>
        {
            seen = JsonSerializer.Deserialize(await server.Client.GetStringAsync(BenchPaths.ForNetwork(bench), Cancel), BenchWorkJson.Default.BenchNetwork)!;
            return wanted(seen);
        });
        return seen!;
    }
}

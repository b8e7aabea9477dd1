using System.Net;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Servers;

/// <summary>How busy a server is: asked once for all who look, never for who may not, and said calmly when nobody answers.</summary>
public sealed class ServerLoadsTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_viewers_are_one_question_every_few_seconds()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        PortalSeed.Teach(core.Agent);
        var loads = core.Get<ServerLoads>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => loads.ReadAsync(core.Owner, server.Id, Cancel)));
        Assert.All(answers, answer => Assert.Equal(120, answer.Value.Samples.Count));
        Assert.Equal(1, Asked(core));

        time.Advance(ServerLoads.Interval);
        Assert.True((await loads.ReadAsync(core.Owner, server.Id, Cancel)).IsDone);
        Assert.Equal(2, Asked(core));
    }

    [Fact]
    public async Task A_viewer_who_leaves_takes_the_answer_from_nobody_else()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var hold = new TaskCompletionSource();
        core.Agent.Before = async (_, cancel) =>
        {
            await hold.Task.WaitAsync(cancel);
            return ServerSeed.LoadResponse(null);
        };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var loads = core.Get<ServerLoads>();
        var first = loads.ReadAsync(core.Owner, server.Id, leave.Token);
        await core.UntilAsync(() => Task.FromResult(Asked(core) == 1));
        var second = loads.ReadAsync(core.Owner, server.Id, Cancel);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        hold.SetResult();
        Assert.True((await second).IsDone);
        Assert.Equal(1, Asked(core));
    }

    [Fact]
    public async Task A_dead_server_is_one_sentence_and_not_asked_again_for_each_who_looks()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        var loads = core.Get<ServerLoads>();
        Assert.Equal("agent-unreachable", (await loads.ReadAsync(core.Owner, server.Id, Cancel)).Error!.Code);
        Assert.Equal("agent-unreachable", (await loads.ReadAsync(core.Owner, server.Id, Cancel)).Error!.Code);
        Assert.Equal(1, Asked(core));

        PortalSeed.Teach(core.Agent);
        time.Advance(ServerLoads.Interval);
        Assert.True((await loads.ReadAsync(core.Owner, server.Id, Cancel)).IsDone);
    }

    [Fact]
    public async Task An_agent_from_before_is_told_apart_from_a_server_that_is_not_there()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.NotFound, "not-found", "There is no such route."));
        Assert.Equal("agent-outdated", (await core.Get<ServerLoads>().ReadAsync(core.Owner, server.Id, Cancel)).Error!.Code);

        await using (var db = await core.DbAsync())
            await db.Servers.ExecuteUpdateAsync(set => set.SetProperty(each => each.AgentFingerprint, (string?)null), Cancel);
        Assert.Equal("server-without-agent", (await core.Get<ServerLoads>().ReadAsync(core.Owner, server.Id, Cancel)).Error!.Code);
    }

    [Fact]
    public async Task Another_teams_server_looks_as_if_it_were_not_there_and_is_not_asked()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        PortalSeed.Teach(core.Agent);
        var stranger = TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner);
        Assert.Equal("not-found", (await core.Get<ServerLoads>().ReadAsync(stranger, server.Id, Cancel)).Error!.Code);
        Assert.Equal(0, Asked(core));
    }

    private static int Asked(TestCore core) => core.Agent.Requests.Count(request => request == $"GET {UpkeepRoutes.Load}");
}

using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>One server with one bench for all tests that need a real engine; made at the first need, because it takes some seconds.</summary>
public sealed class AgentServerFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private AgentServer? server;
    private BenchName? bench;
    private BenchName? newer;

    internal async Task<AgentServer> ServerAsync()
    {
        await gate.WaitAsync();
        try
        {
            return server ??= await AgentServer.CreateAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The server, and a bench on it that works.</summary>
    internal async Task<(AgentServer Server, BenchName Bench)> BenchAsync()
    {
        var found = await ServerAsync();
        if (bench is null)
        {
            var name = BenchName.Parse($"{found.Prefix}-main");
            var job = await found.UntilEndAsync(await found.NewBenchAsync(name));
            Assert.True(job.State == JobState.Success, $"{job.Error}");
            bench = name;
        }

        return (found, bench);
    }

    /// <summary>Beside it a bench of the newer release.</summary>
    internal async Task<(AgentServer Server, BenchName Bench, BenchName Newer)> BenchesAsync()
    {
        var (found, older) = await BenchAsync();
        if (newer is null)
        {
            var name = BenchName.Parse($"{found.Prefix}-newer");
            var job = await found.UntilEndAsync(await found.NewBenchAsync(name, found.Images.NewerRelease));
            Assert.True(job.State == JobState.Success, $"{job.Error}");
            newer = name;
        }

        return (found, older, newer);
    }

    public async ValueTask DisposeAsync()
    {
        gate.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }
}

/// <summary>Tests that share the server, one after the other: they kill its Agent.</summary>
[CollectionDefinition(Name)]
public sealed class AgentServerTests : ICollectionFixture<AgentServerFixture>
{
    public const string Name = "Agent on a real engine";
}

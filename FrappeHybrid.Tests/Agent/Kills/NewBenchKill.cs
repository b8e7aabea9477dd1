using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class NewBenchKill() : KillCase(JobTypes.NewBench)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.Server.NewBenchAsync(BenchName.Parse($"{ground.Server.Prefix}-{ground.Fresh()}"));

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var bench = $"{ground.Server.Prefix}-{ground.Name}";
        Assert.Equal(8, change.Added.Count(entry => entry.StartsWith($"container {bench}-", StringComparison.Ordinal) && entry.Contains(" running ", StringComparison.Ordinal)));
        Assert.Contains($"network {bench}-network", change.Added);
        Assert.Equal("", change.Without(MayStay).WithoutAbout($"{bench}-", $"/{bench}").ToString());
        Assert.All((await ground.Server.ReadAsync(BenchName.Parse(bench))).Services, service => Assert.Equal("running", service.State));
    }

    /// <summary>The image stays, and with it what the Agent notes of it.</summary>
    public override bool MayStay(string entry) => entry.Contains("/pulled-images.json", StringComparison.Ordinal);

    /// <summary>Benches cost memory; nothing builds on this one.</summary>
    public override async Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        var bench = $"{ground.Server.Prefix}-{ground.Name}";
        foreach (var id in (await Shell.RunAsync("docker", "ps", "-aq", "--filter", $"label={ServerLayout.Label}={bench}")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Shell.RunAsync("docker", "rm", "-f", "-v", id);

        await Shell.RunAsync("docker", "network", "rm", $"{bench}-network");
        Directory.Delete(ground.Server.Paths.BenchFolder(BenchName.Parse(bench)), recursive: true);
    }
}

using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>"Clean Up" in a real engine: ours goes, everything foreign stays.</summary>
[Trait("Category", "Docker")]
public sealed class CleanUpEngineTests
{
    private const string Label = ServerLayout.Label;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Foreign_containers_images_volumes_and_networks_survive_and_only_the_plan_goes()
    {
        await using var server = await UpkeepServer.CreateAsync();
        await AddForeignAsync(server);
        var kept = await server.Engine.EverythingAsync();
        await AddLeftoversAsync(server, "old", 1);
        var plan = await server.PlanAsync();

        Assert.Equal(
            [
                (CleanUpKind.Container, "old-0-backend"), (CleanUpKind.Network, "old-0-network"), (CleanUpKind.Volume, "old-0-volume"), (CleanUpKind.Image, "example.com/old-0:1"),
            ],
            plan.Items.Select(item => (item.Kind, item.Name)));
        Assert.All(plan.Items, item => Assert.NotEmpty(item.Why));

        var job = await server.UntilEndAsync(await server.CleanUpAsync(plan));

        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal(4, job.Result!.Value.GetProperty("removed").GetInt32());
        Assert.Equal(kept, await server.Engine.EverythingAsync());
        Assert.Empty((await server.PlanAsync()).Items);
    }

    [Fact]
    public async Task A_plan_that_is_no_longer_true_is_refused_and_nothing_goes()
    {
        await using var server = await UpkeepServer.CreateAsync();
        await AddLeftoversAsync(server, "old", 1);
        var plan = await server.PlanAsync();
        await server.Engine.RunAsync("run", "-d", "--network", "none", "--name", "user-of-it", "--label", $"{Label}=another-gone", server.Images.Redis, "sleep", "1000");
        var before = await server.Engine.EverythingAsync();

        var job = await server.UntilEndAsync(await server.CleanUpAsync(plan));

        Assert.Equal((JobState.Failure, JobErrorCodes.PlanChanged), (job.State, job.Error?.Code));
        Assert.Equal(before, await server.Engine.EverythingAsync());
        Assert.NotEqual(plan.Digest, (await server.PlanAsync()).Digest);
    }

    [Theory]
    [InlineData("remove-objects")]
    [InlineData("remove-images")]
    public async Task An_Agent_killed_in_the_middle_leaves_only_what_a_new_plan_names(string step)
    {
        await using var server = await UpkeepServer.CreateAsync();
        await AddForeignAsync(server);
        var kept = await server.Engine.EverythingAsync();
        await AddLeftoversAsync(server, "old", 6);
        var id = await server.CleanUpAsync(await server.PlanAsync());
        await server.FollowAsync(id, job => job.Steps.Any(each => each.Key == step && each.State is not StepState.Pending));
        await server.KillAgentAsync();
        await server.StartAgentAsync();

        var job = await server.UntilEndAsync(id);

        Assert.True(job.State == JobState.Success || job.Error?.Code == JobErrorCodes.Interrupted, $"{job.Error}");
        var rest = await server.PlanAsync();
        var again = await server.UntilEndAsync(await server.CleanUpAsync(rest));
        Assert.True(again.State == JobState.Success, $"{again.Error}");
        Assert.Equal(kept, await server.Engine.EverythingAsync());
    }

    [Fact]
    public async Task The_disk_is_measured_in_the_background_and_the_parts_add_up()
    {
        await using var server = await UpkeepServer.CreateAsync();
        await server.AddBenchAsync("main", server.Images.Redis);
        var site = Directory.CreateDirectory(Path.Combine(server.Paths.BenchesFolder, "main", "sites", "shop.example.com", "private", "backups")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(site, "20260101-database.sql.gz"), new byte[3 << 20], Cancel);
        await File.WriteAllTextAsync(Path.Combine(site, "..", "..", "site_config.json"), "{}", Cancel);
        await File.WriteAllBytesAsync(Path.Combine(site, "..", "picture"), new byte[5 << 20], Cancel);
        await server.OwnAsync();

        DiskUse use;
        do
            use = await ReadAsync(server);
        while (use.IsMeasuring);

        Assert.NotNull(use.MeasuredAt);
        long Of(DiskPartKind kind) => use.Parts.SingleOrDefault(part => part.Kind == kind)?.Bytes ?? 0;
        Assert.InRange(Of(DiskPartKind.Backups), 3 << 20, 4 << 20);
        Assert.InRange(Of(DiskPartKind.SiteFiles), 5 << 20, 6 << 20);
        Assert.InRange(Of(DiskPartKind.Images), 50 << 20, 400 << 20);
        Assert.Contains(use.Largest, item => item is { Kind: DiskPartKind.SiteFiles, Bench.Value: "main", Site.Value: "shop.example.com" });
        var disk = new DriveInfo(server.Paths.Home);
        Assert.Equal(disk.TotalSize, use.TotalBytes);
        Assert.InRange(use.Parts.Sum(part => part.Bytes), (disk.TotalSize - disk.TotalFreeSpace) * 95 / 100, (disk.TotalSize - disk.TotalFreeSpace) * 105 / 100);

        // There is no database server here, and the figures say so.
        Assert.Contains(use.Missing, text => text.Contains("database", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<DiskUse> ReadAsync(UpkeepServer server) =>
        System.Text.Json.JsonSerializer.Deserialize(await server.Client.GetStringAsync(UpkeepRoutes.Disk), UpkeepJson.Default.DiskUse)!;

    // What must still be there afterwards: strangers' things, and everything of a bench that is there.
    private static async Task AddForeignAsync(UpkeepServer server)
    {
        var engine = server.Engine;
        await engine.RunAsync("create", "--network", "none", "--name", "foreign-stopped", server.Images.Redis, "true");
        await engine.RunAsync("run", "-d", "--network", "none", "--name", "foreign-running", server.Images.Redis, "sleep", "1000");
        await engine.RunAsync("create", "--network", "none", "--name", "gone-backend", "--label", "com.example.bench=gone", server.Images.Redis, "true");
        await engine.RunAsync("network", "create", "foreign");
        await engine.RunAsync("volume", "create", "foreign");
        await engine.RunAsync("volume", "create", "--label", "com.example.bench=gone", "foreign-labelled");
        await engine.ImportAsync("example.com/foreign:1");

        // Pulled by us, but its owner has given it a name as well.
        await engine.ImportAsync("example.com/shared:1");
        await server.PulledAsync("example.com/shared:1");
        await engine.RunAsync("tag", "example.com/shared:1", "owner/own:1");

        // Pulled by us, and somebody else's container runs it.
        await engine.ImportAsync("example.com/used:1");
        await server.PulledAsync("example.com/used:1");
        await engine.RunAsync("create", "--network", "none", "--name", "foreign-user", "example.com/used:1", "true");

        // What all benches share, and a bench that is there.
        await engine.RunAsync("network", "create", "--label", $"{Label}=-", "frappe_network");
        await engine.RunAsync("volume", "create", "--label", $"{Label}=-", "frappe-mariadb");
        await engine.ImportAsync("example.com/release:1");
        await server.PulledAsync("example.com/release:1");
        await server.AddBenchAsync("there", "example.com/release:1");
        await engine.RunAsync("create", "--network", "none", "--name", "there-backend", "--label", $"{Label}=there", server.Images.Redis, "true");
        await engine.RunAsync("network", "create", "--label", $"{Label}=there", "there-network");
        await engine.RunAsync("volume", "create", "--label", $"{Label}=there", "there-volume");
    }

    private static async Task AddLeftoversAsync(UpkeepServer server, string name, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await server.Engine.RunAsync("network", "create", "--label", $"{Label}={name}-{number}", $"{name}-{number}-network");
            await server.Engine.RunAsync("volume", "create", "--label", $"{Label}={name}-{number}", $"{name}-{number}-volume");
            await server.Engine.RunAsync(
                "run", "-d", "--network", "none", "--name", $"{name}-{number}-backend", "--label", $"{Label}={name}-{number}", server.Images.Redis, "sleep", "1000");
            await server.Engine.ImportAsync($"example.com/{name}-{number}:1");
            await server.PulledAsync($"example.com/{name}-{number}:1");
        }
    }
}

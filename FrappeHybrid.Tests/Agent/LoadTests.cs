using System.Text.Json;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>How busy the server is: the kernel's texts as they were recorded, and this machine as it is.</summary>
public sealed class LoadTests
{
    // Two readings of a Debian 12 with two processors, five seconds apart, with 2 % for the hypervisor's other guests.
    private const string Before = "cpu  114930 1207 48651 4152340 20394 0 3181 420 900 0";
    private const string After = "cpu  115230 1207 48751 4152820 20474 0 3201 440 950 0";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Processors_are_busy_with_all_but_idling_and_waiting_for_a_disk()
    {
        // 300 + 100 + 20 + 20 of 1000 ticks: the guests' 50 are in the user's 300 already.
        Assert.Equal(44, ProcText.Processors(After).PercentSince(ProcText.Processors(Before)));
    }

    [Theory]
    [InlineData(Before, Before)]
    [InlineData(Before, "cpu  10 0 10 100 0 0 0 0 0 0")]
    [InlineData(Before, "")]
    public void Processors_of_which_nothing_can_be_said_are_idle(string before, string after) =>
        Assert.Equal(0, ProcText.Processors(after).PercentSince(ProcText.Processors(before)));

    [Theory]
    [InlineData("cpu0 114930 1207 48651 4152340 20394 0 3181 420 900 0")]
    [InlineData("cpu  114930 x 48651 4152340 20394 0 3181 420 900 0")]
    [InlineData("cpu  1 2")]
    [InlineData("intr 114930 1207 48651 4152340 20394 0 3181")]
    public void Another_text_is_no_reading(string line) => Assert.Equal(default, ProcText.Processors(line));

    [Fact]
    public void Memory_is_in_bytes_and_lines_without_a_unit_are_left_out()
    {
        var memory = ProcText.Memory(["MemTotal:       24684376 kB", "MemFree:          312044 kB", "MemAvailable:   18021120 kB", "HugePages_Total:       0", "nonsense"]);
        Assert.Equal(24684376L * 1024, memory["MemTotal"]);
        Assert.Equal(18021120L * 1024, memory["MemAvailable"]);
        Assert.Equal(3, memory.Count);
    }

    [Fact]
    public async Task The_meter_reads_this_machine_every_five_seconds_and_forgets_what_is_older_than_ten_minutes()
    {
        using var root = new TemporaryRoot();
        var time = new FakeTime();
        using var meter = new LoadMeter(new ServerFacts(root.Paths), time, NullLogger<LoadMeter>.Instance);
        await meter.StartAsync(Cancel);
        await UntilAsync(() => time.IsAwaited);
        Assert.Empty(meter.Read().Samples);
        for (var tick = 1; tick <= LoadMeter.MostSamples + 3; tick++)
        {
            var now = time.GetUtcNow() + LoadMeter.Interval;
            time.Advance(LoadMeter.Interval);
            await UntilAsync(() => meter.Read().Samples is [.., var newest] && newest.At == now && time.IsAwaited);
        }

        var load = meter.Read();
        await meter.StopAsync(Cancel);
        Assert.Equal(LoadMeter.MostSamples, load.Samples.Count);
        Assert.Equal(LoadMeter.Interval * (LoadMeter.MostSamples - 1), load.Samples[^1].At - load.Samples[0].At);
        Assert.All(load.Samples, sample =>
        {
            Assert.InRange(sample.ProcessorPercent, 0, 100);
            Assert.InRange(sample.MemoryUsedBytes, 1, load.MemoryTotalBytes);
            Assert.InRange(sample.DiskUsedBytes, 1, load.DiskTotalBytes);
        });
    }

    [Fact]
    public async Task The_portal_is_told_what_this_machine_has()
    {
        await using var agent = await AgentInstance.StartAsync();
        using var portal = agent.Client(agent.Portal);
        var load = JsonSerializer.Deserialize(await portal.GetStringAsync(UpkeepRoutes.Load, Cancel), UpkeepJson.Default.ServerLoad)!;
        var memory = (await File.ReadAllLinesAsync("/proc/meminfo", Cancel))[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.Equal(Environment.ProcessorCount, load.Processors);
        Assert.Equal(long.Parse(memory, System.Globalization.CultureInfo.InvariantCulture) * 1024, load.MemoryTotalBytes);
        Assert.Equal(new DriveInfo(agent.Paths.AgentFolder).TotalSize, load.DiskTotalBytes);
        Assert.Equal((5, 120), (load.SecondsApart, load.MostSamples));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

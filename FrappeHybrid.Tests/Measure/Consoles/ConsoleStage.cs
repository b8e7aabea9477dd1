using System.Diagnostics;
using System.Globalization;
using System.Net;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.EndToEnd;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>One container in the place of a service, watched in a browser and by many.</summary>
/// <param name="server">With the Agent.</param>
/// <param name="portal">In this process.</param>
/// <param name="serverId">The server in the portal.</param>
/// <param name="bench">The bench in both.</param>
/// <param name="seconds">How long the fastest is watched.</param>
/// <param name="parts">What is measured; everything when it is empty.</param>
internal sealed class ConsoleStage(AgentServer server, WebApplication portal, Guid serverId, BenchName bench, int seconds, string[] parts)
{
    private const int ManyViewers = 50;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private readonly Uri url = new(portal.Urls.First());
    private readonly Dictionary<string, double> figures = [];

    private string Container => $"{bench}-scheduler";

    private string Source => ConsoleSource.OfService(bench, BenchService.Scheduler).ToString();

    public async Task<IReadOnlyDictionary<string, double>> RoundAsync()
    {
        figures.Clear();
        figures["busy_before_percent"] = await BusyAsync();
        await using (var page = await MeasuredPage.OpenAsync())
        {
            await page.SignInAsync(url);
            if (Has("full"))
                await FullAsync(page);
            if (Has("quiet"))
            {
                var quiet = await WatchAsync(page, 1_000, 20);
                (figures["painted_p50_ms"], figures["painted_p99_ms"]) = (quiet.Painted.At(0.5), quiet.Painted.At(0.99));
            }

            if (Has("busy"))
                figures["painted_10k_p99_ms"] = (await WatchAsync(page, 10_000, 20)).Painted.At(0.99);
            if (Has("flood"))
            {
                var flood = await WatchAsync(page, 0, 15);
                (figures["flood_frames_s"], figures["flood_max_page_delay_ms"], figures["flood_lines_s"], figures["flood_skipped"]) = (flood.Frames / flood.Seconds, flood.Longest, flood.Lines / flood.Seconds, flood.Skipped);
            }

            if (Has("empty"))
                await EmptyAsync(page);
        }

        if (Has("viewers"))
            await ViewersAsync();
        return new Dictionary<string, double>(figures);
    }

    private bool Has(string part) => parts.Length == 0 || parts.Contains(part, StringComparer.Ordinal);

    /// <summary>20,000 lines a second, with `docker attach` beside it.</summary>
    private async Task FullAsync(MeasuredPage page)
    {
        var raw = (Lines: 0.0, Latencies: new Latencies());
        var before = 0.0;
        var full = await WatchAsync(page, 20_000, seconds, async () =>
        {
            before = Memory();
            raw = await RawAsync(seconds);
        });
        figures["raw_lines_s"] = raw.Lines;
        figures["raw_p99_ms"] = raw.Latencies.At(0.99);
        figures["browser_lines_s"] = full.Lines / full.Seconds;
        figures["lost"] = full.Lost;
        figures["doubled"] = full.Doubled;
        figures["skipped"] = full.Skipped;
        figures["painted_20k_p99_ms"] = full.Painted.At(0.99);
        figures["max_page_delay_ms"] = full.Longest;
        figures["delays_over_100_ms"] = full.Over;
        figures["frames_s"] = full.Frames / full.Seconds;
        figures["portal_mb_start"] = before;
        figures["portal_mb_end"] = Memory();
        figures["heap_mb_start"] = full.HeapBefore;
        figures["heap_mb"] = full.HeapAfter;
    }

    /// <summary>What this machine gives a page with nothing in it: alone, and beside the containers that `docker attach` alone reads.</summary>
    private async Task EmptyAsync(MeasuredPage page)
    {
        foreach (var (name, rate) in new (string, int?)[] { ("empty", null), ("empty_20k", 20_000), ("empty_flood", 0) })
        {
            await page.EmptyAsync();
            if (rate is { } lines)
                await StartAsync(lines);
            var seen = await page.SeeAsync(Warm, async () => await (rate is null ? Task.Delay(TimeSpan.FromSeconds(10)) : RawAsync(10)));
            await StopAsync();
            (figures[$"{name}_max_page_delay_ms"], figures[$"{name}_frames_s"]) = (seen.Longest, seen.Frames / seen.Seconds);
        }
    }

    private async Task<Seen> WatchAsync(MeasuredPage page, int rate, int length, Func<Task>? beside = null)
    {
        await StartAsync(rate);
        await page.WatchAsync(new Uri(url, $"servers/{serverId}/console/{Source}/window"));
        var seen = await page.SeeAsync(Warm, () => Task.WhenAll(Task.Delay(TimeSpan.FromSeconds(length)), beside?.Invoke() ?? Task.CompletedTask));
        await StopAsync();
        return seen;
    }

    private async Task ViewersAsync()
    {
        await StartAsync(10_000);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = url };
        using var answer = await TestPortal.SignInAsync(browser, ConsoleMeasure.Email, ConsoleMeasure.Password);
        var cookie = cookies.GetCookieHeader(url);

        // One viewer, then many: the difference is theirs.
        var one = await Viewers.StartAsync(url, cookie, serverId, Source, 1, 10);
        var before = Memory();
        var watching = Viewers.StartAsync(url, cookie, serverId, Source, ManyViewers, 20);
        var (most, streams) = (before, 0);
        while (await Task.WhenAny(watching, Task.Delay(500)) != watching)
        {
            most = Math.Max(most, Memory());
            streams = Math.Max(streams, portal.Services.GetRequiredService<ConsoleStreams>().OpenStreams);
        }

        var many = await watching;
        await StopAsync();
        figures["viewers"] = ManyViewers;
        figures["upstream_streams"] = streams;
        figures["viewer_p99_ms"] = one.Worst;
        figures["viewers_lines_s"] = many.Lines / 20.0 / ManyViewers;
        figures["viewers_p50_ms"] = many.Median;
        figures["viewers_p99_ms"] = many.Worst;
        figures["viewers_mb"] = most - before;
    }

    /// <summary>The same container read by docker's own attach: its lines counted, and how old they are.</summary>
    private async Task<(double Lines, Latencies Latencies)> RawAsync(int length)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", ["attach", "--no-stdin", "--sig-proxy=false", Container]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var (clock, lines, latencies, buffer) = (Stopwatch.StartNew(), 0L, new Latencies(), new byte[64 * 1024]);
        while (clock.Elapsed.TotalSeconds < length && await process.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            WrittenLines.Take(buffer.AsSpan(0, read), "\nw "u8, latencies);
        }

        process.Kill();
        return (lines / clock.Elapsed.TotalSeconds, latencies);
    }

    /// <summary>A container in the place of a service that writes so many lines a second; as many as it can for 0.</summary>
    private async Task StartAsync(int rate)
    {
        await StopAsync();
        string[] command = rate == 0
            ? ["--entrypoint", "yes", server.Images.Release, "w 1700000000000 1"]
            : ["--entrypoint", "python3", server.Images.Release, "-c", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Measure", "Consoles", "writer.py")), rate.ToString(CultureInfo.InvariantCulture)];
        await Shell.RunAsync("docker", ["run", "-d", "--name", Container, "--log-driver", "json-file", "--log-opt", "max-size=10m", "--log-opt", "max-file=3", .. command]);
    }

    private async Task StopAsync() => await Shell.TryAsync("docker", "rm", "-f", Container);

    private static double Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>How much of the machine's processors others take, before anything is measured.</summary>
    private static async Task<double> BusyAsync()
    {
        var before = await TimesAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var after = await TimesAsync();
        return 100 * (1 - ((after.Idle - before.Idle) / (after.All - before.All)));

        static async Task<(double Idle, double All)> TimesAsync()
        {
            var times = (await File.ReadAllLinesAsync("/proc/stat"))[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(each => double.Parse(each, CultureInfo.InvariantCulture)).ToList();
            return (times[3] + times[4], times.Sum());
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.EndToEnd;
using FrappeHybrid.Tests.Measure.Consoles;
using FrappeHybrid.Tests.Measure.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// From a container's write to the painted row: a real container with rotating logs (10m x 3), the published Agent, the real portal in this process, a real browser. Each line holds when it was
/// written and its number, so that what is lost, comes twice or is late is seen. Beside it `docker attach` counts the same lines. Rounds, medians.
/// </summary>
internal static class ConsoleMeasure
{
    private const string Email = "operator@example.com";
    private const string Password = "correct horse battery";
    private const int Viewers = 50;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = options is ["--rounds", var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
        var seconds = options is [_, _, "--seconds", var length] ? int.Parse(length, CultureInfo.InvariantCulture) : 60;
        var program = Path.Combine(Repository.Artifacts, "agent", "linux-x64", "frappe-hybrid-agent");
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync("The Agent is not published: run FrappeHybrid.Tests/Lab/build.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("fh-measure-").FullName;
        try
        {
            await using var server = await AgentServer.CreateAsync(program);
            var bench = BenchName.Parse($"{server.Prefix}-c");
            await server.UntilEndAsync(await server.NewBenchAsync(bench));
            await using var portal = PortalHost.Build([$"--Portal:DataFolder={folder}", "--urls=http://127.0.0.1:0"], builder =>
            {
                builder.Services.AddSingleton<IAgentConnection>(new MeasuredPortal.OneAgent(server));
                builder.Logging.SetMinimumLevel(LogLevel.Error);
            });
            await portal.StartAsync();
            var made = await portal.Services.GetRequiredService<CreateOperator>().RunAsync(Email, Password, "Measured", CancellationToken.None);
            if (!made.IsDone)
                throw new InvalidOperationException(made.Error.Message);
            await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var (_, row) = await MeasuredPortal.SeedAsync(db, bench, SiteName.Parse("measured.example.com"));
            var stage = new Stage(server, portal, new Uri(portal.Urls.First()), row.ServerId, bench, seconds);
            var figures = new List<Dictionary<string, double>>();
            for (var round = 1; round <= rounds; round++)
            {
                figures.Add(await stage.RoundAsync());
                Say($"round {round}", string.Join(", ", figures[^1].Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value:0.#}"))));
            }

            Say("load", await File.ReadAllTextAsync("/proc/loadavg"));
            Console.WriteLine("{" + string.Join(',', figures[0].Keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"\"{key}\":{Median(figures.ConvertAll(each => each[key])):0.#}"))) + "}");
            await portal.StopAsync();
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double At(IReadOnlyList<double> values, double part) => values.Count == 0 ? 0 : values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * part));

    private static void Say(string what, string text) => Console.Error.WriteLine($"{what,-10} {text.Trim()}");

    private sealed class Stage(AgentServer server, WebApplication portal, Uri url, Guid serverId, BenchName bench, int seconds)
    {
        private string Container => $"{bench}-scheduler";

        private string Source => ConsoleSource.OfService(bench, BenchService.Scheduler).ToString();

        public async Task<Dictionary<string, double>> RoundAsync()
        {
            using var driver = await Playwright.CreateAsync();
            await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"] });
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            page.SetDefaultTimeout(120_000);
            await page.AddInitScriptAsync(scriptPath: Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Measure", "Consoles", "probe.js"));
            await page.GotoAsync(new Uri(url, "account/sign-in").ToString());
            await page.GetByLabel("E-mail").FillAsync(Email);
            await page.GetByLabel("Password").FillAsync(Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();

            var quiet = await WatchAsync(page, 1_000, 20);
            var busy = await WatchAsync(page, 10_000, 20);
            var before = Memory();
            var raw = 0.0;
            var full = await WatchAsync(page, 20_000, seconds, async () => raw = await RawAsync(seconds));
            var after = Memory();
            var heap = await page.EvaluateAsync<double>("performance.memory.usedJSHeapSize") / 1e6;
            var flood = await WatchAsync(page, 0, 10);
            await page.GotoAsync("about:blank");
            var (viewers, streams) = await ViewersAsync();
            return new()
            {
                ["raw_lines_s"] = raw,
                ["browser_lines_s"] = full.Lines / full.Seconds,
                ["lost"] = full.Lost,
                ["doubled"] = full.Doubled,
                ["skipped"] = full.Skipped,
                ["painted_p50_ms"] = At(quiet.Painted, 0.5),
                ["painted_p99_ms"] = At(quiet.Painted, 0.99),
                ["painted_10k_p99_ms"] = At(busy.Painted, 0.99),
                ["max_page_delay_ms"] = full.Longest,
                ["viewers"] = Viewers,
                ["upstream_streams"] = streams,
                ["viewers_p99_ms"] = At(viewers, 0.99),
                ["portal_mb_start"] = before,
                ["portal_mb_end"] = after,
                ["heap_mb"] = heap,
                ["flood_frames_s"] = flood.Frames / flood.Seconds,
                ["flood_skipped"] = flood.Skipped,
            };
        }

        private static double Memory()
        {
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64 / 1e6;
        }

        private async Task<Seen> WatchAsync(IPage page, int rate, int length, Func<Task>? beside = null)
        {
            await StartAsync(rate);
            await page.GotoAsync(new Uri(url, $"servers/{serverId}/console/{Source}/window").ToString());
            await page.Locator(".screen .row:visible", new() { HasText = "w " }).First.WaitForAsync();
            await Task.Delay(Warm);
            await page.EvaluateAsync("probe.reset()");
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Task.Delay(TimeSpan.FromSeconds(length)), beside?.Invoke() ?? Task.CompletedTask);
            var probe = await page.EvaluateAsync("probe");
            var seen = new Seen(
                clock.Elapsed.TotalSeconds, Value("lines"), Value("lost"), Value("doubled"), Value("skipped"), Value("longest"), Value("frames"), [.. probe!.Value.GetProperty("painted").EnumerateArray().Select(each => each.GetDouble())]);
            await StopAsync();
            return seen;

            double Value(string name) => probe!.Value.GetProperty(name).GetDouble();
        }

        private async Task<(List<double> Latencies, int Streams)> ViewersAsync()
        {
            await StartAsync(10_000);
            var cookies = new CookieContainer();
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = url };
            using var answer = await Portal.Support.TestPortal.SignInAsync(browser, Email, Password);
            var viewers = Enumerable.Range(0, Viewers).Select(_ => new HubViewer(url, cookies, serverId, Source)).ToList();
            using var ends = new CancellationTokenSource();
            var watching = viewers.ConvertAll(viewer => Task.Run(() => viewer.RunAsync(ends.Token)));
            await Task.Delay(Warm);
            foreach (var viewer in viewers)
                viewer.Forget();
            await Task.Delay(TimeSpan.FromSeconds(20));
            var streams = portal.Services.GetRequiredService<ConsoleStreams>().OpenStreams;
            await ends.CancelAsync();
            await Task.WhenAll(watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            List<double> latencies = [.. viewers.SelectMany(viewer => viewer.Latencies)];
            foreach (var viewer in viewers)
                await viewer.DisposeAsync();
            await StopAsync();
            return (latencies, streams);
        }

        /// <summary>The same container read by docker's own attach, its lines counted.</summary>
        private async Task<double> RawAsync(int length)
        {
            using var process = Process.Start(new ProcessStartInfo("docker", ["attach", "--no-stdin", "--sig-proxy=false", Container]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var (clock, lines, buffer) = (Stopwatch.StartNew(), 0L, new byte[64 * 1024]);
            while (clock.Elapsed.TotalSeconds < length && await process.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var read)
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            process.Kill();
            return lines / clock.Elapsed.TotalSeconds;
        }

        /// <summary>A container in the place of a service that writes so many lines a second; as many as it can for 0.</summary>
        private async Task StartAsync(int rate)
        {
            await StopAsync();

            // awk's own clock has whole seconds: each piece is stamped by date, every 10 ms.
            var piece = rate / 100;
            var script = rate == 0
                ? "yes \"w $(date +%s%3N) 1\""
                : $"i=1; next=$(date +%s%N); while :; do seq -f \"w $(date +%s%3N) %.0f\" $i $((i+{piece}-1)); i=$((i+{piece})); next=$((next+10000000)); rest=$((next-$(date +%s%N))); [ $rest -gt 0 ] && sleep 0.$(printf %09d $rest); done";
            await Shell.RunAsync("docker", "run", "-d", "--name", Container, "--log-opt", "max-size=10m", "--log-opt", "max-file=3", "--entrypoint", "bash", server.Images.Redis, "-c", script);
        }

        private async Task StopAsync() => await Shell.TryAsync("docker", "rm", "-f", Container);
    }

    private sealed record Seen(double Seconds, double Lines, double Lost, double Doubled, double Skipped, double Longest, double Frames, IReadOnlyList<double> Painted);
}

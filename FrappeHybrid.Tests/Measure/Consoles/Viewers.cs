using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>Many viewers in a process of their own, so that what they take is not counted as the portal's.</summary>
internal static class Viewers
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    /// <summary>What they saw.</summary>
    internal sealed record Result(double Median, double Worst, long Lines);

    /// <summary>Starts the process, and waits for its end.</summary>
    public static async Task<Result> StartAsync(Uri portal, string cookie, Guid server, string source, int viewers, int seconds)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [typeof(Viewers).Assembly.Location, "measure", "console-viewers", portal.ToString(), cookie, server.ToString(), source, viewers.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<Result>(said)! : throw new InvalidOperationException("The viewers failed.");
    }

    /// <summary>The process.</summary>
    public static async Task<int> RunAsync(string[] options)
    {
        var (portal, cookie, server, source) = (new Uri(options[0]), options[1], options[2], options[3]);
        var latencies = Enumerable.Range(0, int.Parse(options[4], CultureInfo.InvariantCulture)).Select(_ => new Latencies()).ToList();
        using var ends = new CancellationTokenSource();
        var watching = latencies.ConvertAll(each => Task.Run(async () =>
        {
            using var viewer = new HubViewer(portal, cookie, server, source, each);
            await viewer.RunAsync(ends.Token);
        }));
        await Task.Delay(Warm);
        foreach (var each in latencies)
            each.Forget();
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(options[5], CultureInfo.InvariantCulture)));
        if (watching.Find(each => each.IsFaulted) is { } failed)
            await failed;
        var all = new Latencies();
        foreach (var each in latencies)
            all.Add(each);
        await ends.CancelAsync();
        await Task.WhenAll(watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.WriteLine(JsonSerializer.Serialize(new Result(all.At(0.5), all.At(0.99), all.Count)));
        return 0;
    }
}

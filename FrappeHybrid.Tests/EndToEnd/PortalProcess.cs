using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>The portal as it is installed (artifacts/portal), as a process of its own, so that it can be killed.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private readonly StringBuilder output = new();
    private readonly Dictionary<string, string?> settings;
    private Process? process;

    /// <param name="settings">Configuration keys ("Portal:SitePort") with their values.</param>
    /// <param name="dataFolder">Where its data stays between starts.</param>
    public PortalProcess(IEnumerable<KeyValuePair<string, string?>> settings, string dataFolder)
    {
        this.settings = new Dictionary<string, string?>(settings) { ["Portal:DataFolder"] = dataFolder };
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
    }

    /// <summary>Where it listens, the same after each start.</summary>
    public Uri Url { get; }

    /// <summary>Everything it printed so far, over all starts.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts it and returns when it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            // Another folder than its own: a portal that finds its files only from its own folder serves empty pages.
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(Repository.Artifacts, "portal", "FrappeHybrid.Portal.dll"));
        start.Environment["ASPNETCORE_URLS"] = Url.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        process = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilHealthyAsync(process, cancel);
    }

    /// <summary>SIGKILL: nothing of it gets to run again.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }

    private async Task WaitUntilHealthyAsync(Process started, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(1) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (started.HasExited)
                throw new InvalidOperationException($"The portal ended with code {started.ExitCode}:\n{Output}");
            try
            {
                using var answer = await client.GetAsync("/healthz", limit.Token);
                if (answer.StatusCode is HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

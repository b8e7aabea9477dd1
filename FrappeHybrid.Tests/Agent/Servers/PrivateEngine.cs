using System.Diagnostics;
using System.Globalization;

namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>
/// A second real Docker engine on this machine with nothing in it: a clean-up is about everything in an engine, and the machine's own holds what other
/// tests are at work with.
/// </summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("engine-").FullName;
    private readonly Process process;
    private readonly System.Text.StringBuilder log = new();

    private PrivateEngine()
    {
        // In a network of its own: its bridges would take the addresses of the machine's own engine, and stay when it is killed.
        string[] arguments =
        [
            "--host", $"unix://{Socket}", "--data-root", Path.Combine(folder, "data"), "--exec-root", Path.Combine(folder, "exec"), "--pidfile", Path.Combine(folder, "pid"),
            "--bridge", "none", "--iptables=false", "--ip-masq=false", "--storage-driver", "overlay2", "--group", "1000",
        ];
        process = Process.Start(new ProcessStartInfo("unshare", ["--net", "dockerd", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => log.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Socket => Path.Combine(folder, "docker.sock");

    public static async Task<PrivateEngine> StartAsync()
    {
        var engine = new PrivateEngine();
        var started = TimeProvider.System.GetTimestamp();
        while ((await Shell.TryAsync("docker", "-H", $"unix://{engine.Socket}", "version")).Code != 0)
        {
            if (engine.process.HasExited || TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException($"The engine does not start: {engine.log}");
            await Task.Delay(100);
        }

        // The Agent runs as user 1000.
        await Shell.RunAsync("chmod", "755", engine.folder);
        return engine;
    }

    /// <summary>A docker command on it.</summary>
    public Task<string> RunAsync(params string[] arguments) => Shell.RunAsync("docker", ["-H", $"unix://{Socket}", .. arguments]);

    /// <summary>Makes an image of one small file, so that each has an id of its own.</summary>
    public async Task ImportAsync(string name)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "import")).FullName;
        await File.WriteAllTextAsync(Path.Combine(work, "name"), name);
        var file = Path.Combine(folder, "image.tar");
        await Shell.RunAsync("tar", "-C", work, "-cf", file, "name");
        await RunAsync("import", file, name);
    }

    /// <summary>Brings an image from the machine's own engine, by its name there.</summary>
    public async Task LoadAsync(string image)
    {
        var file = Path.Combine(folder, "image.tar");
        await Shell.RunAsync("docker", "save", "-o", file, image);
        await RunAsync("load", "-i", file);
        File.Delete(file);
    }

    /// <summary>All that is in it, one line each.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var lines = new List<string>();
        foreach (var (kind, command) in ((string, string[])[])
        [
            ("container", ["ps", "-a", "--format", "{{.Names}} {{.State}}"]), ("network", ["network", "ls", "--format", "{{.Name}}"]),
            ("volume", ["volume", "ls", "--format", "{{.Name}}"]), ("image", ["images", "--format", "{{.Repository}}:{{.Tag}}"]),
        ])
            lines.AddRange((await RunAsync(command)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"{kind} {line}"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in (await RunAsync("ps", "-aq")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await RunAsync("rm", "-f", "-v", container);
        await Shell.TryAsync("kill", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        process.Dispose();
        foreach (var mount in (await File.ReadAllLinesAsync("/proc/mounts")).Select(line => line.Split(' ')[1]).Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Reverse())
            await Shell.TryAsync("umount", mount);
        await Shell.RunAsync("rm", "-rf", folder);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// Ends programs that jobs and terminals started in containers. The engine can start a program in a container but has no call to end it, and it goes on when the
/// Agent is killed. So every one of them gets <c>FRAPPE_HYBRID_JOB=job id</c> or <c>FRAPPE_HYBRID_TERMINAL=bench/id</c> into its environment, which its children inherit; containers share the
/// server's kernel, so that the processes are seen in /proc, and they run as the Agent's own user (1000), so that it may read and end them.
/// </summary>
internal sealed partial class ContainerProcesses(TimeProvider time)
{
    private const string Variable = "FRAPPE_HYBRID_JOB";
    private const string TerminalVariable = "FRAPPE_HYBRID_TERMINAL";
    private const int HangUp = 1;
    private const int Terminate = 15;
    private const int Kill = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The programs are ended within this; the stream ends with them.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>The marker to give to a program.</summary>
    public static string Marker(Guid job) => $"{Variable}={job}";

    /// <summary>The marker of a terminal's shell.</summary>
    public static string Marker(BenchName bench, Guid terminal) => $"{TerminalVariable}={bench}/{terminal}";

    /// <summary>Asks all programs of the job to end, and kills those that do not within a few seconds. Nothing happens when there are none.</summary>
    public Task EndAsync(Guid job, CancellationToken cancel) => EndAsync(Marker(job), Terminate, limit: null, cancel);

    /// <summary>Hangs up on a shell and all that it started, as when a line is cut (a shell that waits for its person takes no other request), and kills what goes on; gives up after a quarter of a minute.</summary>
    public Task HangUpAsync(BenchName bench, Guid terminal, CancellationToken cancel) => EndAsync(Marker(bench, terminal), HangUp, Farewell, cancel);

    /// <summary>The same for all terminals of a bench.</summary>
    public Task HangUpAsync(BenchName bench, CancellationToken cancel) => EndAsync($"{TerminalVariable}={bench}/", HangUp, Farewell, cancel);

    private async Task EndAsync(string marker, int request, TimeSpan? limit, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var asked = new HashSet<int>();
        while ((limit is null || time.GetElapsedTime(started) < limit) && Find(marker) is { Count: > 0 } processes)
        {
            var late = time.GetElapsedTime(started) > Patience;
            foreach (var process in processes)
            {
                if (late || asked.Add(process))
                    _ = Signal(process, late ? Kill : request);
            }

            await Task.Delay(Pause, time, cancel);
        }
    }

    /// <summary>
    /// The same for a program whose stream is <paramref name="run"/>: again and again until that ends, for the engine may have been asked to start the program and not have done
    /// it yet. Gives up after a quarter of a minute.
    /// </summary>
    public async Task EndAsync(Guid job, Task run)
    {
        var started = time.GetTimestamp();
        while (!run.IsCompleted && time.GetElapsedTime(started) < Farewell)
        {
            await EndAsync(job, CancellationToken.None);
            await run.WaitAsync(Look, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static List<int> Find(string text)
    {
        var marker = Encoding.UTF8.GetBytes(text);
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && HasMarker(folder, marker))
                found.Add(process);
        }

        return found;
    }

    private static bool HasMarker(string folder, byte[] marker)
    {
        try
        {
            // A zombie's environment is empty: it is not found again while nobody has reaped it.
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(marker) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

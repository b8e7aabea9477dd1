using System.Globalization;

namespace FrappeHybrid.Agent.Nginx;

/// <summary>
/// nginx's worker processes. A reload returns when the master has the signal; the workers from before go on taking visitors, with the configuration from
/// before, until the master has told each of them to stop.
/// </summary>
internal sealed class NginxWorkers(string pidFile, TimeProvider time)
{
    // nginx sets these titles itself (ngx_worker_process_cycle in os/unix/ngx_process_cycle.c): the second one just before it closes its listening sockets.
    private const string Taking = "nginx: worker process";
    private const string Ending = "nginx: worker process is shutting down";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The workers that take visitors now; none when nginx does not run, or keeps its process id elsewhere.</summary>
    public IReadOnlyList<int> TakingVisitors()
    {
        try
        {
            var master = int.Parse(File.ReadAllText(pidFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
            var children = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{master}/task/{master}/children"));
            return [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Where(Takes)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return [];
        }
    }

    /// <summary>Returns once none of them takes visitors any more, after 5 seconds at the latest: a worker that hangs must not hold up the others' sites.</summary>
    public async Task UntilNoneTakesAsync(IReadOnlyList<int> workers, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (workers.Any(Takes) && time.GetElapsedTime(start) < Longest)
            await Task.Delay(Look, time, cancel);
    }

    private static bool Takes(int worker)
    {
        try
        {
            var title = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{worker}/cmdline"));
            return title.StartsWith(Taking, StringComparison.Ordinal) && !title.StartsWith(Ending, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

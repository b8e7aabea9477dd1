using System.Diagnostics;
using System.Text;
using FrappeHybrid.Tests.Agent;

namespace FrappeHybrid.Tests.Measure.Jobs;

/// <summary>
/// Sees when a job's program starts in a container: looks into the container's control group, whose list of processes is one small file, a thousand times a second, for a process
/// that carries the job's marker and is the program itself, no longer the engine's starter.
/// </summary>
internal sealed class ProcessStarts(string processList)
{
    public static async Task<ProcessStarts> OfAsync(string container)
    {
        var process = await Shell.RunAsync("docker", "inspect", "--format", "{{.State.Pid}}", container);
        foreach (var line in await File.ReadAllLinesAsync($"/proc/{process}/cgroup"))
        {
            var parts = line.Split(':');
            foreach (var controller in parts[1].Split(','))
            {
                var file = $"/sys/fs/cgroup/{controller}{parts[2]}/cgroup.procs".Replace("//", "/", StringComparison.Ordinal);
                if (File.Exists(file) && (await File.ReadAllTextAsync(file)).Split('\n').Contains(process))
                    return new ProcessStarts(file);
            }
        }

        throw new InvalidOperationException($"The control group of {container} was not found.");
    }

    /// <summary>The stopwatch's time at which the job's program was first seen. Blocks a thread, because a timer is too coarse.</summary>
    public long WaitFor(Func<Guid?> job, TimeSpan limit)
    {
        using var never = new ManualResetEvent(initialState: false);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < limit)
        {
            if (job() is { } id)
            {
                // A process that waits to become a program, and the engine's starter, carry no job's marker or another's.
                var marker = Encoding.ASCII.GetBytes($"FRAPPE_HYBRID_JOB={id}");
                if (Processes().Any(process => Read(process, "environ").AsSpan().IndexOf(marker) >= 0 && IsProgram(process)))
                    return Stopwatch.GetTimestamp();
            }

            // Half a millisecond late on the average, and the machine is free for what is measured.
            never.WaitOne(1);
        }

        throw new InvalidOperationException("The job's program was not seen.");
    }

    private static bool IsProgram(string process) => Read(process, "cmdline") is { Length: > 0 } command && command.AsSpan().IndexOf("runc"u8) < 0 && !command.AsSpan().StartsWith("env\0"u8);

    private string[] Processes() => File.ReadAllText(processList).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Read(string process, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{process}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Runs `bench` in a bench's backend for a job: its output goes to the step, its progress bar becomes the step's progress.</summary>
internal sealed class BenchProgram(SpareExecs exec, ContainerProcesses processes)
{
    private const int KeptOutput = 64 * 1024;

    /// <summary>
    /// Runs it to its end and gives exit code and output. When the job is cancelled the real program is ended first; leaving only the connection would
    /// leave it at work on a site that is being taken away.
    /// </summary>
    /// <param name="job">Whose program it is.</param>
    /// <param name="log">Gets its output.</param>
    /// <param name="container">The bench's backend.</param>
    /// <param name="command">Program and arguments, no secret among them.</param>
    /// <param name="input">Lines that it reads: the way for passwords.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ProgramResult> RunAsync(
        JobContext job, StepLog log, string container, IReadOnlyList<string> command, IReadOnlyList<string> input, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var output = new OutputTail(KeptOutput);
        var standard = new LineAssembler(line => Take(line, log, output));
        var error = new LineAssembler(line => Take(line, log, output));
        var request = new ExecRequest(container, command)
        {
            StandardInput = Encoding.UTF8.GetBytes(string.Concat(input.Select(line => line + "\n"))),
            Environment = [ContainerProcesses.Marker(job.Id)],
        };

        using var leave = new CancellationTokenSource();
        var run = exec.RunAsync(request, frame => (frame.IsError ? error : standard).Add(frame.Bytes.Span), leave.Token);
        try
        {
            var code = await run.WaitAsync(cancel);
            standard.Flush();
            error.Flush();
            return new ProgramResult(code, output.ToString());
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await processes.EndAsync(job.Id, run);
            await leave.CancelAsync();
            throw;
        }
    }

    /// <summary>The container in which bench's commands run.</summary>
    public static string ContainerOf(BenchFolder folder) => BenchContainers.NameOf(folder.Bench, BenchService.Backend);

    private static void Take(string line, StepLog log, OutputTail output)
    {
        if (BenchProgress.TryParse(line, out var percent))
        {
            log.Progress(percent);
            return;
        }

        var told = LongLine.Shorten(line);
        log.Line(told);
        output.Add(told);
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">The first authority on whether it worked.</param>
/// <param name="Output">The end of what it said on both streams, progress bars left out.</param>
internal sealed record ProgramResult(int ExitCode, string Output);

using FrappeHybrid.Agent.Docker;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Runs a short `bench` command for a request that is answered at once: no job, no log, its output in memory only.</summary>
internal sealed class BenchReader(DockerExec exec, ContainerProcesses processes, TimeProvider time)
{
    private const int KeptOutput = 256 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Its exit code and output; it is ended when it takes longer than 30 seconds or nobody waits for it any more.</summary>
    /// <param name="container">The bench's backend.</param>
    /// <param name="command">Program and arguments, no secret among them.</param>
    public async Task<ProgramResult> RunAsync(string container, IReadOnlyList<string> command, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var output = new OutputTail(KeptOutput);
        var standard = new LineAssembler(output.Add);
        var error = new LineAssembler(output.Add);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var request = new ExecRequest(container, command) { Environment = [ContainerProcesses.Marker(id)] };
        try
        {
            var code = await exec.RunAsync(request, frame => (frame.IsError ? error : standard).Add(frame.Bytes.Span), any.Token);
            standard.Flush();
            error.Flush();
            return new ProgramResult(code, output.ToString());
        }
        catch (OperationCanceledException)
        {
            await processes.EndAsync(id, CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            return new ProgramResult(ExitCode: -1, $"It did not end within {Limit.TotalSeconds:0} seconds.");
        }
    }
}

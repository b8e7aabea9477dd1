using System.Diagnostics;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Nginx;

/// <summary>The two things that the Agent may do with the server's nginx, through sudo rules for exactly these command lines.</summary>
internal sealed class NginxCommands(AgentOptions options, TimeProvider time) : INginxCommands
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public Task<NginxVerdict> TestAsync(CancellationToken cancel) => RunAsync(options.NginxTest, cancel);

    public async Task<NginxVerdict> ReloadAsync(CancellationToken cancel)
    {
        var workers = new NginxWorkers(options.NginxPidFile, time);
        var before = workers.TakingVisitors();
        var verdict = await RunAsync(options.NginxReload, cancel);
        if (verdict.Accepted)
            await workers.UntilNoneTakesAsync(before, cancel);

        return verdict;
    }

    private static async Task<NginxVerdict> RunAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return new NginxVerdict(Accepted: false, $"{command[0]}: {exception.Message}");
        }

        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new NginxVerdict(process.ExitCode == 0, (await error + await output).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            return new NginxVerdict(Accepted: false, $"{string.Join(' ', command)} did not end within {Limit.TotalSeconds:0} seconds.");
        }
    }
}

/// <summary>What nginx said.</summary>
internal sealed record NginxVerdict(bool Accepted, string Output);

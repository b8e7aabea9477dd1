using System.Diagnostics;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Commands over the open control master.</summary>
internal sealed class OpenSshSession(HostTarget target, Process master, PrivateFolder folder, ProvisioningOptions options, TimeProvider time, Func<string, IReadOnlyList<string>> arguments)
    : HostSession
{
    // ssh ends with 255 for its own failures.
    private const int SshFailed = 255;

    /// <inheritdoc/>
    public override async Task<HostOutcome> RunAsync(HostCommand command, CancellationToken cancel)
    {
        if (command.Script.Contains('\'', StringComparison.Ordinal))
            throw new ArgumentException("The constant text goes to the login shell in single quotes.", nameof(command));
        var sudo = IsRoot || command.AsUser ? "" : "sudo -n ";
        var result = await LocalProcess.RunAsync(
            new LocalCommand("ssh", arguments($"{sudo}bash -c '{command.Script}'"))
            {
                WriteInput = command.WriteInput,
                OnOutput = command.OnOutput,
                Timeout = command.Timeout,
            },
            time,
            cancel);
        var broken = result.TimedOut
            ? new Error("command-timeout", "The server did not finish in time.", "Look at the server's load, and try again.", CleanText.OfBlock(result.ErrorOutput, 4000))
            : result.ExitCode == SshFailed ? SshVerdict.Of(result.ErrorOutput, target) : null;
        return new HostOutcome(result.ExitCode, result.Output, result.ErrorOutput, broken);
    }

    /// <inheritdoc/>
    public override async Task<Error?> CheckRootAsync(CancellationToken cancel)
    {
        if (IsRoot)
            return null;
        var outcome = await RunAsync(new HostCommand("LC_ALL=C sudo -n true") { AsUser = true, Timeout = options.ConnectTimeout * 2 }, cancel);
        if (outcome.ConnectionError is not null)
            return outcome.ConnectionError;
        return outcome.ExitCode == 0 ? null : SshVerdict.Sudo(outcome.ErrorOutput, target.User);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync(master);
        folder.Dispose();
    }

    /// <summary>Closing its standard input ends `cat` on the server and so the master; one that hangs is killed.</summary>
    public static async Task EndAsync(Process master)
    {
        try
        {
            master.StandardInput.Close();
            await master.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            master.Kill(entireProcessTree: true);
        }

        master.Dispose();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Provisioning.Ssh;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Brings the Agent's program onto servers, unless the very same is there.</summary>
internal sealed class AgentProgram(CoreOptions core, ProvisioningOptions options)
{
    // The script comes first and reads what follows it from the same standard input.
    private const string Bootstrap = "IFS= read -r -d \"\" script; eval \"$script\"";
    private readonly Lock gate = new();
    private (DateTime Written, long Length, string Sum)? known;

    /// <summary>Why no server can be set up at all; null when the program is there.</summary>
    public Error? Missing() => File.Exists(core.AgentProgramPath)
        ? null
        : new Error("agent-program-missing", "The portal lacks the Agent's program, which it puts onto servers.", $"Publish it to {core.AgentProgram} beside the portal (see docs/operations.md).");

    /// <summary>Uploads over the open connection, beside whatever else runs there.</summary>
    public async Task<Result<AgentProgramState>> UploadAsync(HostSession session, CancellationToken cancel)
    {
        var sum = await SumAsync(cancel);
        var answer = new StringBuilder();
        var decided = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var outcome = await session.RunAsync(
            new HostCommand(Bootstrap)
            {
                OnOutput = text =>
                {
                    answer.Append(text);
                    if (answer.ToString().Contains('\n', StringComparison.Ordinal))
                        decided.TrySetResult(answer.ToString().StartsWith("wanted\n", StringComparison.Ordinal));
                },
                WriteInput = async (stream, token) =>
                {
                    await stream.WriteAsync(RemoteScript.Records([ScriptTexts.Upload, sum, ServerLayout.AgentProgram]), token);
                    await stream.FlushAsync(token);
                    if (!await decided.Task.WaitAsync(token))
                        return;
                    await using var program = File.OpenRead(core.AgentProgramPath);
                    await program.CopyToAsync(stream, 128 * 1024, token);
                },
                Timeout = options.PlayTimeout,
            },
            cancel);
        if (outcome.ConnectionError is not null)
            return outcome.ConnectionError;
        var last = answer.ToString().Trim().Split('\n')[^1];
        if (outcome.ExitCode == 0 && last is "installed" or "staged")
            return last is "installed" ? AgentProgramState.Installed : AgentProgramState.Staged;
        return outcome.ErrorOutput.Contains("No space left", StringComparison.Ordinal)
            ? SshVerdict.DiskFull(CleanText.OfBlock(outcome.ErrorOutput, 1000))
            : new Error("agent-upload-failed", "The Agent's program did not reach the server.", "Press Retry.", CleanText.OfBlock(outcome.ErrorOutput, 1000));
    }

    private async Task<string> SumAsync(CancellationToken cancel)
    {
        var file = new FileInfo(core.AgentProgramPath);
        lock (gate)
        {
            if (known is { } same && same.Written == file.LastWriteTimeUtc && same.Length == file.Length)
                return same.Sum;
        }

        await using var stream = file.OpenRead();
        var sum = Convert.ToHexString(await SHA256.HashDataAsync(stream, cancel)).ToLower(CultureInfo.InvariantCulture);
        lock (gate)
            known = (file.LastWriteTimeUtc, file.Length, sum);
        return sum;
    }
}

/// <summary>Where the Agent's program is on a server.</summary>
internal enum AgentProgramState
{
    /// <summary>In its place.</summary>
    Installed,

    /// <summary>Beside it, whole, for the task "agent" to take.</summary>
    Staged,
}

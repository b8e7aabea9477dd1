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

    /// <summary>Uploads over the open connection, beside whatever else runs there, and leaves word in the file for which the task "agent" waits.</summary>
    public async Task<Result> UploadAsync(HostSession session, string stateFile, CancellationToken cancel)
    {
        var error = await SendAsync(session, stateFile, cancel);
        if (error is null)
            return Result.Done;
        // So that the task does not wait for what will never come. When the connection itself is gone, the next one brings the program.
        await session.RunAsync(RemoteScript.Command("mkdir -p -m 700 /run/frappe-hybrid && echo failed > \"$STATE_FILE\"", [("STATE_FILE", stateFile)], null, options.ConnectTimeout), cancel);
        return error;
    }

    private async Task<Error?> SendAsync(HostSession session, string stateFile, CancellationToken cancel)
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
                    await stream.WriteAsync(RemoteScript.Records([ScriptTexts.Upload, sum, ServerLayout.AgentProgram, stateFile]), token);
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
        if (outcome.ExitCode == 0)
            return null;
        return outcome.ErrorOutput.Contains("No space left", StringComparison.Ordinal)
            ? SshVerdict.DiskFull(CleanText.OfBlock(outcome.ErrorOutput, 1000))
            : new Error("agent-upload-failed", "The Agent's program did not reach the server.", "Press Retry.", CleanText.OfBlock(outcome.ErrorOutput, 1000));
    }

    /// <summary>SHA-256 (hex, lower case) of the program that plays bring.</summary>
    public async Task<string> SumAsync(CancellationToken cancel)
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

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>
/// Asks an upgraded Agent over the pinned connection: is it the new program, does it answer, does its feed go on where it was? The verdict is for the next
/// task, which keeps the new program or puts the old one back; a portal that is killed here asks again.
/// </summary>
internal sealed class AgentCheck(AgentClient agents, AgentProgram program, ProvisioningOptions options, TimeProvider time)
{
    /// <summary>Fact of a play: "healthy", or why not.</summary>
    public const string Verdict = "verdict";

    /// <summary>The verdict that keeps the new program.</summary>
    public const string Healthy = "healthy";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<Error?> RunAsync(string task, PlayRecorder recorder, CancellationToken cancel)
    {
        await recorder.BeginAndSaveAsync(task, cancel);
        var wanted = await program.SumAsync(cancel);
        var deadline = time.GetUtcNow() + options.AgentAnswerTimeout;
        string verdict;
        while ((verdict = await LookAsync(recorder, wanted, cancel)) != Healthy && time.GetUtcNow() < deadline)
            await Task.Delay(Pause, time, cancel);

        recorder.Remember(Verdict, verdict);
        if (verdict != Healthy)
            recorder.Say(verdict + "\n");
        return await recorder.DoneAsync(verdict == Healthy ? "The new Agent answers, and its feed goes on." : "The new Agent is not well.", cancel);
    }

    private async Task<string> LookAsync(PlayRecorder recorder, string wanted, CancellationToken cancel)
    {
        try
        {
            var version = await agents.VersionAsync(recorder.Server, cancel);
            if (version.Program is { } running && !string.Equals(running, wanted, StringComparison.OrdinalIgnoreCase))
                return "Another program answers than the one that was installed.";
            await agents.ServerAsync(recorder.Server, cancel);
            await foreach (var first in agents.FeedAsync(recorder.Server, recorder.Server.FeedNumber, recorder.Server.FeedEpoch, cancel))
            {
                return first is { Kind: FeedEventKind.Hello, Epoch: { } epoch } && (recorder.Server.FeedEpoch is not { } known || known == epoch)
                    ? Healthy
                    : "Its feed does not go on where it was.";
            }

            return "Its feed ended at once.";
        }
        catch (AgentException exception)
        {
            return exception.Error.Message;
        }
    }
}

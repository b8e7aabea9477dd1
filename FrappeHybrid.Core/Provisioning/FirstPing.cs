using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>The last task, which the portal does itself: asks the Agent over the pinned connection who it is and what it sees.</summary>
internal sealed class FirstPing(AgentClient agent, ProvisioningOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks without caring for the answer, which takes a moment the first time.</summary>
    public async Task WarmUpAsync(Server server, CancellationToken cancel)
    {
        // Not the tracked row: that one is being written to.
        var copy = new Server
        {
            Id = server.Id,
            TeamId = server.TeamId,
            Name = server.Name,
            Address = server.Address,
            AgentFingerprint = server.AgentFingerprint,
            CreatedAt = server.CreatedAt,
            SshPublicKey = "",
            SshPrivateKeyProtected = "",
        };
        for (var tries = 0; tries < 20; tries++)
        {
            try
            {
                await agent.ServerAsync(copy, cancel);
                return;
            }
            catch (AgentException)
            {
                await Task.Delay(Pause, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Asks until it answers; null when it did.</summary>
    public async Task<Error?> RunAsync(PlayRecorder recorder, CancellationToken cancel)
    {
        var server = recorder.Server;
        await recorder.BeginAsync(SetUpTasks.FirstPing, cancel);
        await recorder.SaveAsync(cancel);
        var deadline = time.GetUtcNow() + options.AgentAnswerTimeout;
        for (var said = ""; ;)
        {
            try
            {
                var version = await agent.VersionAsync(server, cancel);
                var facts = await agent.ServerAsync(server, cancel);
                server.AgentVersion = version.Version;
                server.AgentProgram = version.Program;
                server.FactsJson = JsonSerializer.Serialize(facts, AgentJson.Default.ServerInfo);
                server.LastSeenAt = time.GetUtcNow();
                await recorder.ApplyAsync(new TaskEvent.Result(Changed: false, $"The Agent {version.Version} answers on port {AgentRoutes.Port}."), cancel);
                recorder.End(new TaskEvent.Ended(SetUpTasks.FirstPing, 0));
                await recorder.SaveAsync(cancel);
                return null;
            }
            catch (AgentException exception)
            {
                if (!string.Equals(said, exception.Error.Message, StringComparison.Ordinal))
                    recorder.Say((said = exception.Error.Message) + "\n");
                await recorder.SaveAsync(cancel);
                if (time.GetUtcNow() < deadline && exception.Error.Code is not "agent-certificate")
                {
                    await Task.Delay(Pause, time, cancel);
                    continue;
                }

                recorder.Fail(exception.Error);
                return exception.Error;
            }
        }
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>"Set up server".</summary>
internal sealed class SetUpKind(SetUpValues values, FirstPing firstPing) : PlayKind
{
    /// <summary>Its key.</summary>
    public const string Name = "set-up-server";

    public override string Key => Name;

    public override string Title => SetUpTasks.Title;

    public override IReadOnlyList<PlayTaskType> Tasks => SetUpTasks.All;

    public override string? ProgramTask => SetUpTasks.Agent;

    public override ServerState WorkState => ServerState.Installing;

    public override IReadOnlyList<(string Name, string Value)> Values(string key, PlayRecorder recorder, string agentStateFile) => values.Of(key, recorder.Server, agentStateFile);

    public override Task<Error?> RunAsync(string key, PlayRecorder recorder, CancellationToken cancel) => firstPing.RunAsync(recorder, cancel);

    public override Task EndAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken cancel)
    {
        recorder.Server.Become(error is null ? ServerState.Active : ServerState.Broken, error?.Message);
        return Task.CompletedTask;
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>"Reboot": when no job runs, and until all is as it was. A second try after a failure waits for what is missing; it never reboots twice.</summary>
internal sealed class RebootKind(ServerDrain drain, ServerShape shape, ServerReturn back, FirstPing firstPing, DispatchSignal dispatch) : PlayKind
{
    /// <summary>Its key.</summary>
    public const string Name = "reboot";

    /// <summary>Fact of a play: which start of the machine it began in.</summary>
    public const string BootFact = "boot";

    public override string Key => Name;

    public override string Title => "Reboot";

    public override IReadOnlyList<PlayTaskType> Tasks { get; } =
    [
        ServerDrain.Task,
        new("boot", "Which start of the machine this is"),
        new("shape", "What serves now", ByPortal: true),
        new("reboot", "Tell the machine to reboot"),
        new("return", "Wait until the machine is back", ByPortal: true),
        new("running", "Everything on the machine runs"),
        new(SetUpTasks.FirstPing, "The Agent answers", ByPortal: true),
        new("compare", "Benches and sites are as before", ByPortal: true),
    ];

    public override IReadOnlyList<(string Name, string Value)> Values(string key, PlayRecorder recorder, string agentStateFile) => key switch
    {
        "reboot" => [("BOOT_BEFORE", recorder.Play.Facts.GetValueOrDefault(BootFact, ""))],
        "running" => [("AGENT_UNIT", ServerLayout.AgentUnit), ("MARIADB_CONTAINER", ServerLayout.MariaDbContainer)],
        _ => [],
    };

    public override Task<Error?> RunAsync(string key, PlayRecorder recorder, CancellationToken cancel) => key switch
    {
        "shape" => shape.RememberAsync(key, recorder, cancel),
        "return" => back.RunAsync(key, recorder, cancel),
        "compare" => shape.CompareAsync(key, recorder, cancel),
        SetUpTasks.FirstPing => firstPing.RunAsync(recorder, cancel),
        _ => drain.RunAsync(recorder, cancel),
    };

    public override async Task EndAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken cancel)
    {
        await base.EndAsync(db, recorder, error, cancel);
        dispatch.Raise();
    }
}

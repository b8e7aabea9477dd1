using System.Globalization;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>
/// "Upgrade Agent": the new program is switched in by a unit on the server, which itself puts the old one back when the new one does not come up, whether
/// or not there is a portal to see it. Then the portal looks through the front door, and its verdict is carried out.
/// </summary>
internal sealed class UpgradeAgentKind(ServerDrain drain, AgentCheck check, FirstPing firstPing, DispatchSignal dispatch, ProvisioningOptions options) : PlayKind
{
    /// <summary>Its key.</summary>
    public const string Name = "upgrade-agent";

    private const string Switch = "switch-agent";

    public override string Key => Name;

    public override string Title => "Upgrade Agent";

    public override IReadOnlyList<PlayTaskType> Tasks { get; } =
    [
        ServerDrain.Task,
        new(Switch, "Switch to the new Agent"),
        new("check-agent", "Ask the new Agent", ByPortal: true),
        new("settle-agent", "Keep it, or put the old one back"),
        new(SetUpTasks.FirstPing, "The Agent answers", ByPortal: true),
    ];

    public override string ProgramTask => Switch;

    public override IReadOnlyList<(string Name, string Value)> Values(string key, PlayRecorder recorder, string agentStateFile) =>
    [
        ("AGENT_PROGRAM", ServerLayout.AgentProgram),
        ("AGENT_UNIT", ServerLayout.AgentUnit),
        ("AGENT_STATE_FILE", agentStateFile),
        ("AGENT_CERTIFICATE", $"{ServerLayout.AgentFolder}/tls/certificate.pem"),
        ("AGENT_PORT", AgentRoutes.Port.ToString(CultureInfo.InvariantCulture)),
        ("FRAPPE_USER", ServerLayout.User),
        ("HEALTH_SECONDS", options.AgentHealthTimeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)),
        ("VERDICT", recorder.Play.Facts.GetValueOrDefault(AgentCheck.Verdict, "")),
    ];

    public override Task<Error?> RunAsync(string key, PlayRecorder recorder, CancellationToken cancel) => key switch
    {
        "check-agent" => check.RunAsync(key, recorder, cancel),
        SetUpTasks.FirstPing => firstPing.RunAsync(recorder, cancel),
        _ => drain.RunAsync(recorder, cancel),
    };

    public override async Task EndAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken cancel)
    {
        await base.EndAsync(db, recorder, error, cancel);
        dispatch.Raise();
    }
}

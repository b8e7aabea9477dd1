using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>All kinds of plays, and what they share.</summary>
public sealed class PlayKinds
{
    private readonly List<PlayKind> all;

    public PlayKinds(PortalCertificate portal, AgentClient agents, IHostShell shell, HostTargets targets, DispatchSignal dispatch, CoreOptions core, ProvisioningOptions options, TimeProvider time)
    {
        Program = new AgentProgram(core, options);
        FirstPing = new FirstPing(agents, options, time);
        var drain = new ServerDrain(agents, options, time);
        var shape = new ServerShape(agents, options, time);
        all =
        [
            new SetUpKind(new SetUpValues(options, portal), FirstPing),
            new RebootKind(drain, shape, new ServerReturn(shell, targets, options, time), FirstPing, dispatch),
            new UpgradeAgentKind(drain, new AgentCheck(agents, Program, options, time), FirstPing, dispatch, options),
            new TakeOutKind(drain, time),
        ];
    }

    /// <summary>The program that plays bring onto servers.</summary>
    internal AgentProgram Program { get; }

    internal FirstPing FirstPing { get; }

    /// <summary>All of them.</summary>
    internal IReadOnlyList<PlayKind> All => all;

    /// <summary>The kind with this key; one that is not there is a bug.</summary>
    internal PlayKind Of(string key) => all.Single(kind => kind.Key == key);
}

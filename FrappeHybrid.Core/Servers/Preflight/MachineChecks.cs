using System.Globalization;
using FrappeHybrid.Core.Provisioning;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>What kind of machine it is, and how the portal got in.</summary>
internal static class MachineChecks
{
    public static Judgement Connection(PreflightFacts facts) =>
        Judgement.Pass(string.Create(CultureInfo.InvariantCulture, $"Signed in as {facts.User} in {facts.ConnectTime.TotalSeconds:0.0} s"));

    public static Judgement Root(PreflightFacts facts) => Judgement.Pass(facts.IsRoot ? "The user is root" : $"{facts.User} may use sudo without a password");

    public static Judgement OperatingSystem(PreflightFacts facts)
    {
        var found = facts.Text("os_name") is { Length: > 0 } name ? name : "Unknown: there is no /etc/os-release";
        var supported = facts.Options.SupportedSystems.Count > 0 ? facts.Options.SupportedSystems : ProvisioningOptions.DefaultSystems;
        if (supported.Contains($"{facts.Text("os_id")} {facts.Text("os_version")}", StringComparer.OrdinalIgnoreCase))
            return Judgement.Pass(found);
        return Judgement.Fail(found, $"Install one of these on the machine: {string.Join(", ", supported)}. Choose the newest with long-term support.");
    }

    public static Judgement Architecture(PreflightFacts facts) => facts.Text("architecture") switch
    {
        "x86_64" => Judgement.Pass("x86_64"),
        "" => Judgement.Fail("Unknown", "The server did not say what it is: log in and try uname -m."),
        var other => Judgement.Fail(other, "The Agent is built for x86_64 (amd64) only: take a machine with an Intel or AMD processor."),
    };

    public static Judgement Systemd(PreflightFacts facts) => facts.Text("systemd") switch
    {
        "" => Judgement.Fail("Not running", "The set-up needs systemd as the first process: take an ordinary virtual or real machine, not a bare container."),
        "running" => Judgement.Pass("Running"),
        "degraded" => Judgement.Warn("Running, but a unit of the machine has failed", "See which one, and whether it matters: systemctl --failed"),
        "starting" or "initializing" => Judgement.Warn("Still starting", "The set-up waits until it has finished."),
        var other => Judgement.Warn($"Running, in the state \"{other}\"", "Look at systemctl status before you go on."),
    };

    public static Judgement Virtualisation(PreflightFacts facts) => facts.Text("virtualisation") switch
    {
        "" or "none" => Judgement.Pass("A machine of its own"),
        "openvz" or "wsl" => Judgement.Fail($"{facts.Text("virtualisation")}", "Docker does not work there: take a virtual machine with a kernel of its own (KVM)."),
        "lxc" or "lxc-libvirt" or "docker" or "podman" or "systemd-nspawn" => Judgement.Warn(
            $"A container ({facts.Text("virtualisation")})",
            "Docker works in it only when its host allows nesting. A virtual machine (KVM) is the safer choice."),
        var kind => Judgement.Pass($"A virtual machine ({kind})"),
    };

    public static Judgement ControlGroups(PreflightFacts facts) => facts.Text("cgroup") switch
    {
        "2" => Judgement.Pass("Version 2"),
        "1" => Judgement.Pass("Version 1"),
        _ => Judgement.Fail("None", "The kernel offers no control groups, which Docker needs: take a machine with an ordinary kernel."),
    };
}

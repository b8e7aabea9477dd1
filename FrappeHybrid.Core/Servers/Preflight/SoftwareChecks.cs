using System.Globalization;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Whether packages can be installed, the machine has finished its first start, and its clock is right.</summary>
internal static class SoftwareChecks
{
    public static Judgement Packages(PreflightFacts facts)
    {
        if (facts.Text("apt") is not "yes")
            return Judgement.Fail("There is no apt", "Only Debian and Ubuntu can be set up.");
        var lockLine = facts.Text("apt_lock").Split(' ');
        if (lockLine.Length >= 2)
        {
            var program = lockLine.Length > 2 ? $"{lockLine[2]} (process {lockLine[1]})" : $"process {lockLine[1]}";
            return Judgement.Warn(
                $"Locked by {program}",
                $"Freshly started machines update themselves for some minutes; the set-up waits for that. If it takes longer, see what it does: ps -fp {lockLine[1]}, then check again.");
        }

        if (facts.Text("dpkg_interrupted") is "yes")
            return Judgement.Fail("An installation was interrupted half-way", "Finish it: dpkg --configure -a && apt-get -f install");
        var broken = facts.All("dpkg_broken");
        return broken.Count > 0
            ? Judgement.Fail($"Not properly installed: {string.Join(", ", broken)}", "Mend it: dpkg --configure -a && apt-get -f install")
            : Judgement.Pass("Ready");
    }

    public static Judgement CloudInit(PreflightFacts facts) => facts.Text("cloud_init") switch
    {
        "none" or "disabled" => Judgement.Pass("Finished"),
        "done" => Judgement.Pass("Finished (cloud-init)"),
        "running" or "not run" or "not started" => Judgement.Warn("cloud-init is still at work", "The set-up waits for it. Usually it takes a minute or two."),
        "degraded" or "degraded done" => Judgement.Warn("cloud-init has finished with warnings", "Usually harmless. What it was: cloud-init status --long"),
        "error" => Judgement.Warn("cloud-init has ended with an error", "Something that your hosting company wanted to set up is missing. What it was: cloud-init status --long"),
        _ => Judgement.Warn("cloud-init does not say", "See for yourself: cloud-init status --long"),
    };

    public static Judgement Clock(PreflightFacts facts)
    {
        if (facts.Number("time") is not { } seconds)
            return Judgement.Fail("Unknown", "The server did not say what time it is: log in and try date.");
        var skew = Math.Abs(facts.Now.ToUnixTimeSeconds() - seconds);
        var found = skew <= 2 ? "Right" : string.Create(CultureInfo.InvariantCulture, $"{skew} s away from the portal's");
        const string Mend = "Set it by the network: apt-get install systemd-timesyncd && timedatectl set-ntp true";
        return skew switch
        {
            > 300 => Judgement.Fail(found, $"Certificates and sign-ins fail with a wrong clock. {Mend}"),
            > 5 => Judgement.Warn(found, $"Times in logs will not match. {Mend}"),
            _ => Judgement.Pass(facts.Text("clock_keeper") is { Length: > 0 } keeper ? $"{found}, kept by {keeper}" : found),
        };
    }
}

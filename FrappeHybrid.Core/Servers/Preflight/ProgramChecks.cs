using System.Globalization;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>What runs on the machine already, and whether it would be in the way.</summary>
internal static class ProgramChecks
{
    public static Judgement Port(PreflightFacts facts, int port)
    {
        var owner = facts.Text(string.Create(CultureInfo.InvariantCulture, $"port_{port}"));
        return (port, owner) switch
        {
            (_, "") => Judgement.Pass("Free"),
            (80 or 443, "nginx") => Judgement.Pass("Used by nginx, which will serve the sites"),
            (25052, _) when owner.StartsWith("frappe-hybrid", StringComparison.Ordinal) => Judgement.Pass("Used by our Agent"),
            (80 or 443, "apache2" or "httpd" or "lighttpd" or "caddy") => Judgement.Fail(
                $"Used by {owner}",
                $"Another web server stands where nginx has to: stop it and take it out of the start (systemctl disable --now {owner}), or take another machine."),
            (80 or 443, "docker-proxy") => Judgement.Fail("Used by a Docker container", $"Find it with: docker ps --filter publish={port}, and stop it or publish it on another port."),
            _ => Judgement.Fail(
                owner is "unknown" ? "Used by a program that could not be found out" : $"Used by {owner}",
                $"Stop that program: ss -ltnp 'sport = :{port}' shows it, systemctl disable --now <its unit> stops it for good."),
        };
    }

    public static Judgement Docker(PreflightFacts facts)
    {
        if (facts.Text("docker_path") is not { Length: > 0 } path)
            return Judgement.Pass("Not there; the set-up installs the distribution's");
        if (path.StartsWith("/snap/", StringComparison.Ordinal) || facts.Text("docker_package") is "snapd")
            return Judgement.Fail("Docker from a snap", "It cannot see /home/frappe as it must. Remove it (snap remove docker); the set-up installs the distribution's.");
        var version = facts.Text("docker_version");
        if (facts.Text("docker_package") is "podman-docker")
            return Judgement.Fail("Podman in Docker's place", "Remove it (apt-get remove podman-docker); the set-up installs Docker.");
        if (version.Length == 0)
            return Judgement.Warn("Installed, but it does not answer", "The set-up tries to start it. If that fails: journalctl -u docker -n 50");
        if (int.TryParse(version.Split('.')[0], CultureInfo.InvariantCulture, out var major) && major < 20)
            return Judgement.Fail($"Docker {version}", "It is too old. Update it to 20.10 or later.");

        var counts = facts.Text("docker_containers").Split(' ');
        var others = counts.Length == 2 && int.TryParse(counts[0], CultureInfo.InvariantCulture, out var ours) && int.TryParse(counts[1], CultureInfo.InvariantCulture, out var all) ? all - ours : 0;
        if (others > 0)
            return Judgement.Warn(
                string.Create(CultureInfo.InvariantCulture, $"Docker {version} with {others} running container(s) of yours"),
                "They stay, and nothing of ours touches them. A change of Docker's settings restarts it once, and with it they may stop for a moment.");
        return Judgement.Pass($"Docker {version}; it is kept");
    }

    public static Judgement Nginx(PreflightFacts facts)
    {
        if (facts.Text("nginx_version") is not { Length: > 0 } version)
            return Judgement.Pass("Not there; the set-up installs the distribution's nginx");
        var sites = facts.All("nginx_site");
        return sites.Count == 0 || facts.IsOurs
            ? Judgement.Pass($"nginx {version}; it is kept")
            : Judgement.Warn(
                $"nginx {version} with configuration of yours: {string.Join(", ", sites)}",
                "It stays. A \"default_server\" in it would stand against ours, and a site of the same name would be served by only one of both: take out what is no longer needed.");
    }

    public static Judgement Database(PreflightFacts facts)
    {
        var service = facts.Text("database_service");
        var port = facts.Text("port_3306");
        if (service.Length == 0 && port.Length == 0)
            return Judgement.Pass("None; ours runs in a container");
        return Judgement.Warn(
            service.Length > 0 ? $"{service} runs on the machine itself" : $"Port 3306 is used by {port}",
            "It stays and is not used: ours runs in a container without a published port. Both share the machine's memory; if nobody needs it: systemctl disable --now " + (service.Length > 0 ? service : "mariadb"));
    }
}

using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>The ways out of the server and into it.</summary>
internal static class NetworkChecks
{
    public static Judgement Mirror(PreflightFacts facts)
    {
        var mirrors = facts.All("mirror").Select(line => line.Split(' ')).Where(parts => parts.Length == 3).ToList();
        if (mirrors.Count == 0)
            return Judgement.Warn("The apt sources name no mirror on the network", "If /etc/apt/sources.list is empty, put your distribution's sources there.");
        var bad = mirrors.Find(parts => parts[2] is not "yes");
        if (bad is null)
            return Judgement.Pass($"Reached: {string.Join(", ", mirrors.Select(parts => parts[0]))}");
        return bad[2] is "name"
            ? Judgement.Fail($"The name {bad[0]} is not found", "The server's DNS does not work, or the name in /etc/apt is wrong. Try: getent hosts " + bad[0] + "; see /etc/resolv.conf.")
            : Judgement.Fail($"{bad[0]} does not answer on port {bad[1]}", "Let the server out to it in the firewall, or name a mirror in /etc/apt that it can reach.");
    }

    public static Judgement Registry(PreflightFacts facts)
    {
        var (host, port) = RegistryAddress.Of(facts.Options);
        if (host.Length == 0)
            return Judgement.Pass("Public images; nothing to sign in to");
        return facts.Text("registry") switch
        {
            "yes" => Judgement.Pass($"Reached: {host}"),
            "name" => Judgement.Fail($"The name {host} is not found", $"The server's DNS does not know it. Try: getent hosts {host}; see /etc/resolv.conf."),
            _ => Judgement.Fail($"{host} does not answer on port {port}", $"Let the server out to {host}, port {port}, in its firewall and the hosting company's."),
        };
    }

    public static Judgement Domain(PreflightFacts facts)
    {
        if (facts.Domain.Length == 0)
            return Judgement.Pass("None was given");
        if (facts.DomainAddresses is not { Count: > 0 } found)
            return Judgement.Warn($"{facts.Domain} has no address yet", $"Make an A record for {facts.Domain} (and one for *.{facts.Domain}) that points to this server; sites cannot be reached by name before.");
        var own = (facts.ServerAddresses ?? []).Concat(facts.All("own_address")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return found.Any(own.Contains)
            ? Judgement.Pass($"{facts.Domain} points to this server")
            : Judgement.Warn($"{facts.Domain} points to {string.Join(", ", found.Take(4))}", $"That is not this server ({facts.Address}). If a proxy stands before it, that is as it should be; otherwise change the record.");
    }

    public static Judgement AgentPort(PreflightFacts facts) => facts.AgentPortOpen switch
    {
        not null => Judgement.Pass("Reachable"),
        null => Judgement.Fail(
            "A firewall swallows it",
            FormattableString.Invariant($"Let the portal in to TCP port {AgentRoutes.Port}: with ufw, ufw allow {AgentRoutes.Port}/tcp; and in the hosting company's firewall. The Agent answers nobody but the portal.")),
    };
}

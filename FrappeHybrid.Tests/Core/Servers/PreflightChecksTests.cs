using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Preflight;
using Xunit;

namespace FrappeHybrid.Tests.Core.Servers;

/// <summary>Judgements on what Scripts/preflight/facts.sh printed on real machines, shortened to what matters.</summary>
public sealed class PreflightChecksTests
{
    private const string Debian12 = """
        os_id=debian
        os_version=12
        os_name=Debian GNU/Linux 12 (bookworm)
        architecture=x86_64
        kernel=6.1.0-30-amd64
        systemd=running
        virtualisation=kvm
        cgroup=2
        processors=2
        memory_kb=3915776
        swap_kb=0
        disk_home_kb=41020640
        disk_home_free_kb=36000000
        disk_home_mount=/
        disk_docker_kb=41020640
        disk_docker_free_kb=36000000
        disk_docker_mount=/
        == system
        uid_1000=
        gid_1000=
        frappe_user=
        frappe_group=
        == users
        port_80=
        port_443=
        port_3306=
        port_25052=
        == programs
        apt=yes
        cloud_init=none
        == packages
        time=1795300000
        clock_keeper=systemd-timesyncd
        == clock
        mirror=mirror.example.com 80 yes
        own_address=203.0.113.7
        == network
        """;

    [Fact]
    public void A_bare_Debian_12_with_4_GB_passes_with_a_word_on_swap()
    {
        var rows = Judge(Debian12);

        Assert.All(rows.Where(row => row.Key is not "swap"), row => Assert.True(row.Value.Verdict is PreflightVerdict.Pass, $"{row.Key}: {row.Value.Found}"));
        Assert.Equal(PreflightVerdict.Warn, rows["swap"].Verdict);
        Assert.Equal("3.7 GB", rows["memory"].Found);
        Assert.True(rows.Count >= 20);
    }

    [Fact]
    public void An_Ubuntu_22_04_from_a_cloud_image_has_its_user_in_the_way_and_is_still_starting()
    {
        var rows = Judge(Debian12, """
            os_id=ubuntu
            os_version=22.04
            os_name=Ubuntu 22.04.5 LTS
            uid_1000=ubuntu
            gid_1000=ubuntu
            login_user=ubuntu
            cloud_init=running
            apt_lock=/var/lib/dpkg/lock-frontend 1234 unattended-upgr
            """);

        Assert.Equal(PreflightVerdict.Pass, rows["operating-system"].Verdict);
        Assert.Equal(PreflightVerdict.Fail, rows["user-id"].Verdict);
        Assert.Contains("deluser --remove-home ubuntu", rows["user-id"].Advice, StringComparison.Ordinal);
        Assert.Equal(PreflightVerdict.Warn, rows["other-users"].Verdict);
        Assert.Equal(PreflightVerdict.Warn, rows["cloud-init"].Verdict);
        Assert.Equal(PreflightVerdict.Warn, rows["packages"].Verdict);
        Assert.Contains("unattended-upgr (process 1234)", rows["packages"].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("os_version=11", "operating-system", PreflightVerdict.Fail)]
    [InlineData("os_id=fedora", "operating-system", PreflightVerdict.Fail)]
    [InlineData("architecture=aarch64", "architecture", PreflightVerdict.Fail)]
    [InlineData("systemd=degraded", "systemd", PreflightVerdict.Warn)]
    [InlineData("systemd=", "systemd", PreflightVerdict.Fail)]
    [InlineData("virtualisation=openvz", "virtualisation", PreflightVerdict.Fail)]
    [InlineData("virtualisation=lxc", "virtualisation", PreflightVerdict.Warn)]
    [InlineData("cgroup=", "control-groups", PreflightVerdict.Fail)]
    [InlineData("processors=1", "processors", PreflightVerdict.Fail)]
    [InlineData("memory_kb=2010000", "memory", PreflightVerdict.Fail)]
    [InlineData("memory_kb=none", "memory", PreflightVerdict.Fail)]
    [InlineData("swap_kb=2097152", "swap", PreflightVerdict.Pass)]
    [InlineData("disk_home_kb=20000000", "disk", PreflightVerdict.Fail)]
    [InlineData("disk_home_free_kb=2000000", "disk", PreflightVerdict.Fail)]
    [InlineData("frappe_user=1001", "user-id", PreflightVerdict.Fail)]
    [InlineData("uid_1000=frappe", "user-id", PreflightVerdict.Pass)]
    [InlineData("port_80=apache2", "port-80", PreflightVerdict.Fail)]
    [InlineData("port_80=nginx", "port-80", PreflightVerdict.Pass)]
    [InlineData("port_443=docker-proxy", "port-443", PreflightVerdict.Fail)]
    [InlineData("port_443=unknown", "port-443", PreflightVerdict.Fail)]
    [InlineData("port_25052=python3", "port-25052", PreflightVerdict.Fail)]
    [InlineData("port_25052=frappe-hybrid-a", "port-25052", PreflightVerdict.Pass)]
    [InlineData("port_3306=mariadbd", "database", PreflightVerdict.Warn)]
    [InlineData("dpkg_interrupted=yes", "packages", PreflightVerdict.Fail)]
    [InlineData("dpkg_broken=mysql-server", "packages", PreflightVerdict.Fail)]
    [InlineData("apt=", "packages", PreflightVerdict.Fail)]
    [InlineData("cloud_init=error", "cloud-init", PreflightVerdict.Warn)]
    [InlineData("time=1795300030", "clock", PreflightVerdict.Warn)]
    [InlineData("time=1795310000", "clock", PreflightVerdict.Fail)]
    [InlineData("mirror=mirror.example.com 80 no", "package-mirror", PreflightVerdict.Fail)]
    [InlineData("mirror=mirror.example.com 80 name", "package-mirror", PreflightVerdict.Fail)]
    [InlineData("nginx_version=1.22.1", "nginx", PreflightVerdict.Pass)]
    public void One_fact_that_differs_changes_one_row(string fact, string key, PreflightVerdict verdict)
    {
        var row = Judge(Debian12, fact)[key];

        Assert.Equal(verdict, row.Verdict);
        Assert.Equal(verdict is not PreflightVerdict.Pass, row.Advice is { Length: > 0 });
        Assert.NotEmpty(row.Found);
    }

    [Theory]
    [InlineData("docker_path=/usr/bin/docker|docker_package=docker-ce-cli|docker_version=27.3.1|docker_containers=0 0", PreflightVerdict.Pass)]
    [InlineData("docker_path=/usr/bin/docker|docker_package=docker.io|docker_version=24.0.7|docker_containers=0 3", PreflightVerdict.Warn)]
    [InlineData("docker_path=/usr/bin/docker|docker_package=docker.io|docker_version=24.0.7|docker_containers=3 3", PreflightVerdict.Pass)]
    [InlineData("docker_path=/snap/docker/2932/bin/docker|docker_version=24.0.5|docker_containers=0 0", PreflightVerdict.Fail)]
    [InlineData("docker_path=/usr/bin/podman|docker_package=podman-docker|docker_version=4.3.1", PreflightVerdict.Fail)]
    [InlineData("docker_path=/usr/bin/docker|docker_package=docker.io|docker_version=", PreflightVerdict.Warn)]
    [InlineData("docker_path=/usr/bin/docker|docker_package=docker.io|docker_version=18.09.1|docker_containers=0 0", PreflightVerdict.Fail)]
    public void Docker_that_is_there_is_kept_when_it_can_be_used(string facts, PreflightVerdict verdict) => Assert.Equal(verdict, Judge(Debian12, facts.Replace('|', '\n'))["docker"].Verdict);

    [Theory]
    [InlineData("203.0.113.7", PreflightVerdict.Pass)]
    [InlineData("198.51.100.9", PreflightVerdict.Warn)]
    [InlineData(null, PreflightVerdict.Warn)]
    public void The_domain_should_point_to_the_server(string? address, PreflightVerdict verdict) =>
        Assert.Equal(verdict, Judge(Debian12, domain: "sites.example.com", domainAddress: address)["domain"].Verdict);

    [Fact]
    public void A_firewall_before_the_agent_fails() => Assert.Equal(PreflightVerdict.Fail, Judge(Debian12, agentPort: null)["agent-port"].Verdict);

    [Fact]
    public void A_server_that_says_nothing_passes_nothing_that_matters()
    {
        var rows = Judge("");

        foreach (var key in (string[])["operating-system", "architecture", "systemd", "control-groups", "processors", "memory", "disk", "packages", "clock"])
            Assert.Equal(PreflightVerdict.Fail, rows[key].Verdict);
    }

    [Fact]
    public void A_hostile_server_fills_no_memory_and_sends_no_control_characters()
    {
        var facts = new PreflightFacts(new ProvisioningOptions());
        for (var number = 0; number < 100_000; number++)
            facts.Add("login_user=\u001b[31m" + new string('x', 10_000));

        Assert.True(facts.All("login_user").Count <= 2000);
        Assert.All(facts.All("login_user"), user => Assert.True(user.Length <= 300 && !user.Contains('\u001b', StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_is_there_once() => Assert.Equal(PreflightChecks.All.Count, PreflightChecks.All.Select(check => check.Key).Distinct(StringComparer.Ordinal).Count());

    // Later facts of the same name win over the recording's.
    private static Dictionary<string, Judgement> Judge(string recorded, string changed = "", string domain = "", string? domainAddress = null, bool? agentPort = false)
    {
        var names = changed.Split('\n').Select(line => line.Trim().Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        var facts = new PreflightFacts(new ProvisioningOptions())
        {
            Address = "203.0.113.7",
            Domain = domain,
            Now = DateTimeOffset.FromUnixTimeSeconds(1795300001),
            DomainAddresses = domainAddress is null ? null : [domainAddress],
            ServerAddresses = ["203.0.113.7"],
            AgentPortOpen = agentPort,
        };
        foreach (var line in recorded.Split('\n').Where(line => !names.Contains(line.Split('=')[0])).Concat(changed.Split('\n').Select(line => line.Trim())))
            facts.Add(line);
        return PreflightChecks.All.ToDictionary(check => check.Key, check => check.Judge(facts), StringComparer.Ordinal);
    }
}

using FrappeHybrid.Tests.Lab;

namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>A fresh server of the lab for one contender: booted, sshd answers, its host key is known, root takes our key.</summary>
internal sealed class MeasureServer : IAsyncDisposable
{
    private static readonly string[] Capabilities =
    [
        "SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE", "SYS_CHROOT", "MKNOD", "SETFCAP", "AUDIT_WRITE", "AUDIT_CONTROL", "DAC_READ_SEARCH",
        "SYS_NICE", "SYS_BOOT", "NET_BROADCAST", "IPC_LOCK", "SYSLOG", "LINUX_IMMUTABLE", "SYS_TTY_CONFIG",
    ];

    private readonly string name;

    private MeasureServer(string name, string address, string folder)
    {
        this.name = name;
        Address = address;
        KeyFile = Path.Combine(folder, "key");
        KnownHostsFile = Path.Combine(folder, "known_hosts");
    }

    public string Address { get; }

    public string KeyFile { get; }

    public string KnownHostsFile { get; }

    public static async Task<MeasureServer> StartAsync(string run, string contender, string image, string network, string folder)
    {
        var container = $"frappe-hybrid-measure-{run}-{contender}";
        Directory.CreateDirectory(folder);
        try
        {
            await Command.RunAsync(
            [
                "docker", "run", "--detach", "--name", container, "--hostname", contender, "--network", network, "--label", $"frappe-hybrid.lab.run={run}",
                .. Capabilities.SelectMany(capability => new[] { "--cap-add", capability }),
                "--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined", "--device-cgroup-rule", "a *:* rwm", "--cgroupns=host",
                "--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec", "--volume", "/sys/fs/cgroup:/sys/fs/cgroup:rw", "--volume", "/var/lib/docker",
                image, "/sbin/init",
            ]);
            var address = (await Command.RunAsync(["docker", "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container])).Trim();
            var server = new MeasureServer(container, address, folder);
            await server.BecomeReachableAsync();
            return server;
        }
        catch
        {
            await RemoveAsync(container);
            throw;
        }
    }

    /// <summary>Runs a script as root in the server, past the SSH connection that is being measured.</summary>
    public Task<string> InsideAsync(string script) =>
        Command.RunAsync(["docker", "exec", "--interactive", name, "bash", "-s"], input => input.WriteAsync(System.Text.Encoding.UTF8.GetBytes(script)).AsTask());

    public async ValueTask DisposeAsync() => await RemoveAsync(name);

    private static Task<string> RemoveAsync(string name) => Command.RunAsync(["docker", "rm", "--force", "--volumes", name]);

    private async Task BecomeReachableAsync()
    {
        await Command.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", KeyFile]);
        var publicKey = await File.ReadAllTextAsync($"{KeyFile}.pub");
        await InsideAsync($"umask 077; mkdir -p /root/.ssh; cat > /root/.ssh/authorized_keys <<'KEY'\n{publicKey}KEY\n");
        // Degraded is an answer too: some units have no place in a container. Early in the boot nobody answers the question.
        await InsideAsync("""
            for _ in $(seq 600); do case "$(systemctl is-system-running 2> /dev/null)" in running | degraded) exit 0 ;; esac; sleep 0.1; done
            echo "the server has not booted after a minute" >&2; exit 1
            """);

        var hostKey = (await InsideAsync("cat /etc/ssh/ssh_host_ed25519_key.pub")).Split(' ');
        await File.WriteAllTextAsync(KnownHostsFile, $"{Address} {hostKey[0]} {hostKey[1]}\n");
        await Command.RunAsync(
        [
            "ssh", "-F", "/dev/null", "-i", KeyFile, "-o", "BatchMode=yes", "-o", "ConnectionAttempts=60", "-o", $"UserKnownHostsFile={KnownHostsFile}", $"root@{Address}", "true",
        ]);
    }
}

using System.Text;

namespace FrappeHybrid.Tests.Lab;

/// <summary>
/// A bare rented machine on an address of its own (127.0.0.2, 127.0.0.3, ...): Debian with systemd and sshd, fresh for each use. To the portal it looks like any host.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    private const int FirstAddress = 2;
    private const int LastAddress = 60;

    // What systemd and an inner Docker need, without --privileged: see Lab/README.md.
    private static readonly string[] Capabilities =
    [
        "SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE", "SYS_CHROOT", "MKNOD", "SETFCAP", "AUDIT_WRITE", "AUDIT_CONTROL", "DAC_READ_SEARCH",
        "SYS_NICE", "SYS_BOOT", "NET_BROADCAST", "IPC_LOCK", "SYSLOG", "LINUX_IMMUTABLE", "SYS_TTY_CONFIG",
    ];

    // Two tests of one process may start servers at the same time: an address is one test's until its server has gone.
    private static readonly bool[] InUse = new bool[LastAddress + 1];
    private static int started;

    private readonly int last;

    private LabServer(int last)
    {
        this.last = last;
        Container = $"frappe-hybrid-lab-{Environment.ProcessId}-{Interlocked.Increment(ref started)}";
        Address = $"127.0.0.{last}";
    }

    /// <summary>Name of the container.</summary>
    public string Container { get; }

    /// <summary>Its loopback address with the real port numbers 22, 80, 443 and 25052.</summary>
    public string Address { get; }

    /// <summary>Starts one and returns when systemd is up and sshd listens.</summary>
    /// <param name="browserPort">A port of 127.0.0.1 that leads to its port 80 as well, for a person's browser; null for none.</param>
    public static async Task<LabServer> StartAsync(LabDescription lab, int? browserPort = null, CancellationToken cancel = default)
    {
        foreach (var candidate in Enumerable.Range(FirstAddress, LastAddress - FirstAddress + 1))
        {
            if (!TryTake(candidate))
                continue;
            var server = new LabServer(candidate);
            try
            {
                await Command.RunAsync(server.RunCommand(lab, browserPort), cancellation: cancel);
                await server.WaitUntilBootedAsync(cancel);
                return server;
            }
            catch (InvalidOperationException failure) when (IsAddressTaken(failure, browserPort) && candidate < LastAddress)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }

        throw new InvalidOperationException("All addresses of the lab are taken.");
    }

    /// <summary>Lets root sign in with this password.</summary>
    public Task SetRootPasswordAsync(string password) =>
        Command.RunAsync(["docker", "exec", "--interactive", Container, "chpasswd"], Text($"root:{password}\n"));

    /// <summary>What its owner does with the wizard's one-line command: lets root sign in with the key.</summary>
    public Task AuthorizeAsync(string publicKey) =>
        RunAsync("umask 077; mkdir -p /root/.ssh; cat >> /root/.ssh/authorized_keys", publicKey + "\n");

    /// <summary>Runs a script as root in it, past SSH; its standard output.</summary>
    public Task<string> RunAsync(string script, string? input = null) =>
        Command.RunAsync(["docker", "exec", "--interactive", Container, "bash", "-c", script], input is null ? null : Text(input));

    /// <summary>The fingerprint of its ed25519 host key, as ssh-keygen prints it on the server itself.</summary>
    public async Task<string> HostKeyFingerprintAsync() => (await RunAsync("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")).Split(' ')[1];

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync(["docker", "rm", "--force", "--volumes", Container]);
        lock (InUse)
            InUse[last] = false;
    }

    private static bool TryTake(int last)
    {
        lock (InUse)
            return !InUse[last] && (InUse[last] = true);
    }

    private List<string> RunCommand(LabDescription lab, int? browserPort)
    {
        List<string> command =
        [
            "docker", "run", "--detach", "--name", Container, "--hostname", $"server-{last}", "--network", lab.Network,
            "--label", $"frappe-hybrid.lab.run={Environment.ProcessId}",
            .. Capabilities.SelectMany(capability => new[] { "--cap-add", capability }),
            "--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined", "--device-cgroup-rule", "a *:* rwm", "--cgroupns=host",
            "--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec", "--volume", "/sys/fs/cgroup:/sys/fs/cgroup:rw", "--volume", "/var/lib/docker",
            .. new[] { 22, 80, 443, 25052 }.SelectMany(port => new[] { "--publish", $"{Address}:{port}:{port}" }),
        ];
        if (browserPort is not null)
            command.AddRange(["--publish", $"127.0.0.1:{browserPort}:80"]);
        return [.. command, lab.ServerImage, "/sbin/init"];
    }

    // The browser's port is one for all: trying further addresses would not help.
    private static bool IsAddressTaken(InvalidOperationException failure, int? browserPort) =>
        (failure.Message.Contains("already allocated", StringComparison.Ordinal) || failure.Message.Contains("address already in use", StringComparison.Ordinal))
        && (browserPort is null || !failure.Message.Contains($"127.0.0.1:{browserPort}", StringComparison.Ordinal));

    private async Task WaitUntilBootedAsync(CancellationToken cancel) => await Command.RunAsync(
        ["docker", "exec", Container, "bash", "-c", """
            for _ in $(seq 600); do
              case "$(systemctl is-system-running 2> /dev/null)" in running | degraded) systemctl is-active --quiet ssh && exit 0 ;; esac
              sleep 0.1
            done
            echo "the server has not booted after a minute" >&2; exit 1
            """],
        cancellation: cancel);

    private static Func<Stream, Task> Text(string text) => stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Tests.Lab;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

/// <summary>The first steps of the wizard against a real sshd, and every way in which they can fail.</summary>
[Collection(LabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ConnectionTests
{
    private const string Password = "correct horse 'battery\" $staple";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_key_is_shown_confirmed_and_pinned_and_a_changed_one_stops_everything()
    {
        await using var machine = await LabServer.StartAsync(LabDescription.Read(), cancel: Cancel);
        await using var core = await OnboardingCore.StartAsync();
        var id = await core.DraftAsync(machine.Address);
        await machine.AuthorizeAsync((await core.ServerAsync(id)).SshPublicKey);

        var scan = await core.Get<ScanHostKey>().RunAsync(core.Owner, id, Cancel);
        Assert.Equal(new HostKeyScan("ssh-ed25519", await machine.HostKeyFingerprintAsync(), IsKnown: false, HasChanged: false), scan.Value);
        Assert.Equal("host-key-differs", (await core.Get<ConfirmHostKey>().RunAsync(core.Owner, id, "SHA256:something-else", Cancel)).Error?.Code);
        Assert.Equal("host-key-missing", (await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel)).Error?.Code);
        OnboardingCore.Done(await core.Get<ConfirmHostKey>().RunAsync(core.Owner, id, scan.Value.Fingerprint, Cancel));
        OnboardingCore.Done(await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel));
        Assert.True((await core.Get<ScanHostKey>().RunAsync(core.Owner, id, Cancel)).Value.IsKnown);
        Assert.True((await core.ServerAsync(id)).KeyAccepted);

        await machine.RunAsync("rm /etc/ssh/ssh_host_*; ssh-keygen -A > /dev/null; systemctl restart ssh");

        Assert.True((await core.Get<ScanHostKey>().RunAsync(core.Owner, id, Cancel)).Value.HasChanged);
        Assert.Equal("ssh-host-key-changed", (await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel)).Error?.Code);
        Assert.Equal("ssh-host-key-changed", (await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, Password, Cancel)).Error?.Code);
        Assert.False((await core.ServerAsync(id)).KeyAccepted);
        var report = await core.PreflightAsync(id);
        Assert.False(report.MaySetUp);
        Assert.Contains("another host key", report.Rows.Single(row => row.Key is "connection").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_puts_the_key_there_once_and_is_kept_nowhere()
    {
        await using var machine = await LabServer.StartAsync(LabDescription.Read(), cancel: Cancel);
        await using var core = await OnboardingCore.StartAsync();
        await machine.SetRootPasswordAsync(Password);
        // A last line without its end must not swallow ours.
        await machine.RunAsync("mkdir -p -m 700 /root/.ssh; printf 'ssh-ed25519 AAAAsomebody else' > /root/.ssh/authorized_keys");
        var id = await core.DraftAsync(machine.Address);
        var scan = await core.Get<ScanHostKey>().RunAsync(core.Owner, id, Cancel);
        OnboardingCore.Done(await core.Get<ConfirmHostKey>().RunAsync(core.Owner, id, scan.Value.Fingerprint, Cancel));

        Assert.Equal("ssh-authentication", (await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel)).Error?.Code);
        Assert.Equal("password-wrong", (await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, "wrong", Cancel)).Error?.Code);
        Assert.Equal("password-invalid", (await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, "two\nlines", Cancel)).Error?.Code);
        OnboardingCore.Done(await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, Password, Cancel));
        OnboardingCore.Done(await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, Password, Cancel));
        OnboardingCore.Done(await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel));

        Assert.Equal($"ssh-ed25519 AAAAsomebody else\n{(await core.ServerAsync(id)).SshPublicKey}\n", await machine.RunAsync("cat /root/.ssh/authorized_keys"));
        foreach (var file in Directory.EnumerateFiles(core.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Password, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories("/dev/shm", $"frappe-hybrid-{Environment.ProcessId}-*").SelectMany(folder => Directory.EnumerateFiles(folder, "answer")));

        await machine.RunAsync("echo 'PasswordAuthentication no' > /etc/ssh/sshd_config.d/00-no-passwords.conf; systemctl restart ssh; : > /root/.ssh/authorized_keys");
        Assert.Equal("password-not-taken", (await core.Get<InstallKeyWithPassword>().RunAsync(core.Owner, id, Password, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_user_who_is_not_root_must_be_able_to_become_it()
    {
        await using var machine = await LabServer.StartAsync(LabDescription.Read(), cancel: Cancel);
        await using var core = await OnboardingCore.StartAsync(LabDescription.Read());
        var id = await core.DraftAsync(machine.Address, user: "admin");
        await machine.RunAsync("useradd --create-home --shell /bin/bash admin; umask 077; mkdir /home/admin/.ssh; cat > /home/admin/.ssh/authorized_keys; chown -R admin: /home/admin", (await core.ServerAsync(id)).SshPublicKey + "\n");
        var scan = await core.Get<ScanHostKey>().RunAsync(core.Owner, id, Cancel);
        OnboardingCore.Done(await core.Get<ConfirmHostKey>().RunAsync(core.Owner, id, scan.Value.Fingerprint, Cancel));

        async Task<string?> CodeAsync() => (await core.Get<CheckConnection>().RunAsync(core.Owner, id, Cancel)).Error?.Code;
        Assert.Equal("sudo-missing", await CodeAsync());
        await machine.RunAsync("(apt-get update && apt-get install -y sudo) > /dev/null 2>&1; echo 'admin:secret' | chpasswd");
        Assert.Contains(await CodeAsync(), (string[])["sudo-denied", "sudo-password"]);
        await machine.RunAsync("usermod -aG sudo admin");
        Assert.Equal("sudo-password", await CodeAsync());
        var report = await core.PreflightAsync(id);
        Assert.Equal(PreflightVerdict.Fail, report.Rows.Single(row => row.Key is "root").Verdict);
        await machine.RunAsync("echo 'admin ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-admin");
        Assert.Null(await CodeAsync());

        // uid 1000 is this very user's, port 80 another program's, and apt is at work.
        await machine.RunAsync("perl -e 'use Socket; socket(S, PF_INET, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1); bind(S, sockaddr_in(80, INADDR_ANY)) or die; listen(S, 1); fork and exit; close STDOUT; close STDERR; sleep 300'");
        await machine.RunAsync("perl -e 'open F, \">>\", \"/var/lib/dpkg/lock-frontend\"; $lock = pack(\"s s x4 q q i x4\", 1, 0, 0, 0, 0); pipe R, W; if (fork) { read R, $done, 1; exit } fcntl(F, 6, $lock) or die; close STDOUT; close STDERR; syswrite W, 1; sleep 300'");
        report = await core.PreflightAsync(id);
        PreflightRow Row(string key) => report.Rows.Single(row => string.Equals(row.Key, key, StringComparison.Ordinal));
        Assert.Contains("admin", Row("user-id").Found, StringComparison.Ordinal);
        Assert.Equal((PreflightVerdict.Fail, "Used by perl"), (Row("port-80").Verdict, Row("port-80").Found));
        Assert.Contains("Locked by perl", Row("packages").Found, StringComparison.Ordinal);
        Assert.Equal(PreflightVerdict.Pass, Row("root").Verdict);
        Assert.False(report.MaySetUp);

        // One row again, after it was mended; the others stay as they were.
        var untouched = Row("operating-system").Found;
        await machine.RunAsync("kill $(cat /proc/net/tcp | awk '$2 ~ /:0050$/ { print $10 }' | xargs -I{} find /proc/[0-9]*/fd -lname 'socket:\\[{}\\]' | cut -d/ -f3)");
        report = await core.PreflightAsync(id, "port-80");
        Assert.Equal(PreflightVerdict.Pass, Row("port-80").Verdict);
        Assert.Equal(untouched, Row("operating-system").Found);
        Assert.Contains("Locked by perl", Row("packages").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_other_failure_has_a_verdict_of_its_own()
    {
        await using var core = await OnboardingCore.StartAsync();
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        var answering = AnswerAsync(web);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var closedPort = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        async Task<string?> ScanAsync(string address, int port) => (await core.Get<ScanHostKey>().RunAsync(core.Owner, await core.DraftAsync(address, port), Cancel)).Error?.Code;
        Assert.Equal("ssh-name-unknown", await ScanAsync("there-is-no-such-name.invalid", 22));
        Assert.Equal("ssh-refused", await ScanAsync("127.0.0.1", closedPort));
        Assert.Equal("ssh-not-there", await ScanAsync("127.0.0.1", ((IPEndPoint)web.LocalEndpoint).Port));
        Assert.Equal("ssh-not-there", await ScanAsync("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port));
        web.Stop();
        await Task.WhenAny(answering);
    }

    [Fact]
    public async Task A_changed_address_is_another_machine_until_its_key_is_confirmed()
    {
        await using var core = await OnboardingCore.StartAsync();
        var id = await core.DraftAsync("server1.example.com");
        await using (var db = await core.DbAsync())
        {
            var stored = await db.Servers.SingleAsync(each => each.Id == id, Cancel);
            (stored.HostKey, stored.HostKeyFingerprint, stored.KeyAccepted) = ("ssh-ed25519 AAAA", "SHA256:x", true);
            await db.SaveChangesAsync(Cancel);
        }

        var server = await core.ServerAsync(id);
        var same = new ServerConnection("Another name", server.Address, 22, "root", "sites.example.com");
        OnboardingCore.Done(await core.Get<UpdateServerConnection>().RunAsync(core.Owner, id, same, Cancel));
        Assert.NotNull((await core.ServerAsync(id)).HostKey);
        OnboardingCore.Done(await core.Get<UpdateServerConnection>().RunAsync(core.Owner, id, same with { SshPort = 2222 }, Cancel));
        server = await core.ServerAsync(id);
        Assert.Null(server.HostKey);
        Assert.False(server.KeyAccepted);
    }

    [Fact]
    public async Task A_draft_has_a_key_pair_of_its_own_and_can_be_thrown_away()
    {
        await using var core = await OnboardingCore.StartAsync();
        var one = await core.ServerAsync(await core.DraftAsync("server1.example.com"));
        var other = await core.ServerAsync(await core.DraftAsync("server2.example.com"));

        Assert.Matches(@"\Assh-ed25519 [A-Za-z0-9+/=]+ frappe-hybrid\z", one.SshPublicKey);
        Assert.NotEqual(one.SshPublicKey, other.SshPublicKey);
        Assert.DoesNotContain("OPENSSH", one.SshPrivateKeyProtected, StringComparison.Ordinal);
        Assert.Equal("server-name-taken", (await core.Get<CreateServer>().RunAsync(core.Owner, core.TeamId, one.Name, Cancel)).Error?.Code);
        OnboardingCore.Done(await core.Get<RemoveServerDraft>().RunAsync(core.Owner, one.Id, Cancel));
        Assert.Equal("not-found", (await core.Get<RemoveServerDraft>().RunAsync(core.Owner, one.Id, Cancel)).Error?.Code);
        Assert.NotNull(HostKey.TryParse(string.Join(' ', other.SshPublicKey.Split(' ').Take(2))));
    }

    private static async Task AnswerAsync(TcpListener web)
    {
        using var client = await web.AcceptTcpClientAsync(Cancel);
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Cancel);
    }
}

using System.Net.Sockets;
using FrappeHybrid.Core.Provisioning.Ssh;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

/// <summary>What OpenSSH 9.2 and sudo wrote, recorded.</summary>
public sealed class SshVerdictTests
{
    private static readonly HostTarget Target = new(Guid.Empty, "server1.example.com", 22, "admin", new HostKey("ssh-ed25519", "AAAA"), "the private key");

    [Theory]
    [InlineData("ssh: Could not resolve hostname server1.example.com: Name or service not known", "ssh-name-unknown")]
    [InlineData("ssh: Could not resolve hostname server1.example.com: Temporary failure in name resolution", "ssh-name-unknown")]
    [InlineData("ssh: connect to host 127.0.0.2 port 22: Connection refused", "ssh-refused")]
    [InlineData("ssh: connect to host 203.0.113.7 port 22: Connection timed out", "ssh-timeout")]
    [InlineData("Connection timed out during banner exchange\nConnection to 203.0.113.7 port 22 timed out", "ssh-timeout")]
    [InlineData("ssh: connect to host 10.0.0.1 port 22: No route to host", "ssh-unreachable")]
    [InlineData("ssh: connect to host 2001:db8::1 port 22: Network is unreachable", "ssh-unreachable")]
    [InlineData("@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@@@@\nHost key verification failed.", "ssh-host-key-changed")]
    [InlineData("No ED25519 host key is known for server-1 and you have requested strict checking.\nHost key verification failed.", "ssh-host-key-changed")]
    [InlineData("Unable to negotiate with 127.0.0.2 port 22: no matching host key type found. Their offer: rsa-sha2-512,rsa-sha2-256", "ssh-host-key-changed")]
    [InlineData("admin@server1.example.com: Permission denied (publickey,password).", "ssh-authentication")]
    [InlineData("Received disconnect from 127.0.0.2 port 22:2: Too many authentication failures\nDisconnected from 127.0.0.2 port 22", "ssh-authentication")]
    [InlineData("Load key \"/dev/shm/x/key\": invalid format\nadmin@server1: Permission denied (publickey).", "ssh-key-format")]
    [InlineData("Load key \"/dev/shm/x/key\": error in libcrypto\nadmin@server1: Permission denied (publickey).", "ssh-key-format")]
    [InlineData("kex_exchange_identification: Connection closed by remote host\nConnection closed by 127.0.0.2 port 22", "ssh-closed")]
    [InlineData("kex_exchange_identification: read: Connection reset by peer", "ssh-closed")]
    [InlineData("This account is currently not available.", "ssh-account")]
    [InlineData("You are required to change your password immediately (administrator enforced).", "ssh-account")]
    [InlineData("something that nobody has seen before", "ssh-failed")]
    public void Of_RecordedErrorOutput_NamesTheCause(string said, string code)
    {
        var error = SshVerdict.Of(said, Target);

        Assert.Equal(code, error.Code);
        Assert.False(string.IsNullOrEmpty(error.Advice));
        Assert.DoesNotContain("the private key", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sudo: a password is required", "sudo-password")]
    [InlineData("sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper", "sudo-password")]
    [InlineData("bash: line 1: sudo: command not found", "sudo-missing")]
    [InlineData("admin is not in the sudoers file.", "sudo-denied")]
    [InlineData("Sorry, user admin may not run sudo on server1.", "sudo-denied")]
    [InlineData("sudo: unable to write to /run/sudo: No space left on device", "disk-full")]
    [InlineData("sudo: /etc/sudoers is world writable", "sudo-failed")]
    public void Sudo_RecordedErrorOutput_NamesTheCause(string said, string code) => Assert.Equal(code, SshVerdict.Sudo(said, "admin").Code);

    [Theory]
    [InlineData(SocketError.HostNotFound, "ssh-name-unknown")]
    [InlineData(SocketError.ConnectionRefused, "ssh-refused")]
    [InlineData(SocketError.TimedOut, "ssh-timeout")]
    [InlineData(SocketError.HostUnreachable, "ssh-unreachable")]
    [InlineData(SocketError.ConnectionReset, "ssh-closed")]
    public void Of_SocketError_NamesTheCause(SocketError error, string code) => Assert.Equal(code, SshVerdict.Of(new SocketException((int)error), "server1", 22).Code);

    [Fact]
    public void Target_AsText_HoldsNoKey() => Assert.DoesNotContain("private", Target.ToString(), StringComparison.Ordinal);
}

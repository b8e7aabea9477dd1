using FrappeHybrid.Core.Provisioning.Ssh;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

public sealed class SshTextTests
{
    // Of a machine made for this test and thrown away; ssh-keygen -lf printed the fingerprint.
    private const string Ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIGkdaOgnJAzSXPMNGHPCU6IW8iUMWkG+eYFvp9b9HHxZ";

    [Fact]
    public void FromScan_OutputOfSshKeyscan_GivesTheBestKeyFirst()
    {
        var keys = HostKey.FromScan($"""
            # 127.0.0.2:22 SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
            127.0.0.2 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDNT8a4q0d5Z8s1r9m3
            # 127.0.0.2:22 SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
            [127.0.0.2]:2222 ssh-ed25519 {Ed25519}
            """);

        Assert.Equal("ssh-ed25519", keys[0].Type);
        Assert.Equal("rsa-sha2-512,rsa-sha2-256", keys[1].Algorithms);
        Assert.Equal($"ssh-ed25519 {Ed25519}", keys[0].Line);
        Assert.Matches(@"\ASHA256:[A-Za-z0-9+/]{43}\z", keys[0].Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.2 ssh-ed25519")]
    [InlineData("127.0.0.2 ssh-ed25519 not-base64!!!")]
    [InlineData("127.0.0.2 ssh-ed25519 AAAA extra")]
    [InlineData("127.0.0.2 ssh-dss AAAAB3NzaC1kc3MAAACBAKX0mTq1")]
    [InlineData("127.0.0.2 @cert-authority AAAAB3NzaC1kc3MAAACBAKX0mTq1")]
    [InlineData("127.0.0.2 ssh-ed25519 AAAA")]
    public void FromScan_AnythingElse_GivesNone(string output) => Assert.Empty(HostKey.FromScan(output));

    [Fact]
    public void Arguments_OfAnyCall_PinTheKeyAndTakeNothingOfTheUsersOwn()
    {
        var target = new HostTarget(Guid.Parse("00000000-0000-7000-8000-0000000000ab"), "2001:db8::1", 2222, "admin", new HostKey("ssh-ed25519", Ed25519), "key");

        var arguments = OpenSshArguments.For(target, "/known", TimeSpan.FromSeconds(7), OpenSshArguments.WithKey("/key"), "true");

        Assert.Equal(["-F", "/dev/null", "-T", "-p", "2222", "-l", "admin"], arguments.Take(7));
        Assert.Equal(["--", "2001:db8::1", "true"], arguments.TakeLast(3));
        foreach (var option in (string[])["StrictHostKeyChecking=yes", "UserKnownHostsFile=/known", "GlobalKnownHostsFile=/dev/null", "HostKeyAlgorithms=ssh-ed25519", "BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none", "ForwardAgent=no", "ConnectTimeout=7"])
            Assert.Contains(option, arguments);
        Assert.Equal($"server-000000000000700080000000000000ab ssh-ed25519 {Ed25519}\n", OpenSshArguments.KnownHosts(target));
        Assert.Contains("HostKeyAlias=server-000000000000700080000000000000ab", arguments);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("a\u0000b\u0008c", "abc")]
    [InlineData("10%\r100%", "10% 100%")]
    [InlineData("left\u202Ethgir", "leftthgir")]
    [InlineData("tab\there", "tab here")]
    [InlineData("ünï✓", "ünï✓")]
    public void OfLine_WhateverAServerWrites_IsPlain(string said, string expected) => Assert.Equal(expected, CleanText.OfLine(said, 100));

    [Fact]
    public void OfBlock_EndlessText_IsBounded() => Assert.Equal(50, CleanText.OfBlock(new string('x', 1_000_000), 50).Length);

    [Fact]
    public void OfBlock_ManyHalfEscapeSequences_IsQuick() => Assert.True(CleanText.OfBlock(string.Concat(Enumerable.Repeat("\u001b]", 100_000)), 4000).Length <= 4000);

    [Fact]
    public void Records_ValueWithANul_IsABug() => Assert.Throws<ArgumentException>(() => RemoteScript.Records(["a\0b"]));

    [Fact]
    public async Task LineChannel_PiecesCutAnywhere_GiveWholeLines()
    {
        var lines = new LineChannel();
        foreach (var piece in (string[])["one\ntw", "o\n\nthr", "ee"])
            lines.Add(piece);
        lines.Add(new string('x', 20_000));
        lines.End();

        var read = await lines.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["one", "two", ""], read.Take(3));
        Assert.StartsWith("threexxx", read[3], StringComparison.Ordinal);
        Assert.All(read, line => Assert.True(line.Length <= 8000));
    }

    [Fact]
    public void PrivateFolder_OfAKilledPortal_IsTakenAway()
    {
        var left = Path.Combine("/dev/shm", "frappe-hybrid-4194399-abcdef123456");
        Directory.CreateDirectory(left);

        using var folder = new PrivateFolder();

        Assert.False(Directory.Exists(left));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        // ssh adds a dot and 16 letters while it makes the socket.
        Assert.True(folder.FileName("c").Length + 17 < 108);
    }
}

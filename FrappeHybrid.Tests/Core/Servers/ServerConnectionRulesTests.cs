using FrappeHybrid.Core.Servers;
using Xunit;

namespace FrappeHybrid.Tests.Core.Servers;

public sealed class ServerConnectionRulesTests
{
    [Theory]
    [InlineData("server1.example.com", "server1.example.com")]
    [InlineData(" Server1.Example.COM. ", "server1.example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void Check_AddressOfAMachine_IsTaken(string address, string expected)
    {
        var checkedConnection = ServerConnectionRules.Check(new ServerConnection("Shop", address, 22, "root", ""));

        Assert.True(checkedConnection.IsDone, checkedConnection.Error?.Message);
        Assert.Equal(expected, checkedConnection.Value.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-oProxyCommand=touch /tmp/x")]
    [InlineData("-example.com")]
    [InlineData("example.com -p 1")]
    [InlineData("example.com;id")]
    [InlineData("example.com\nHost *")]
    [InlineData("root@example.com")]
    [InlineData("example.com:22")]
    [InlineData("http://example.com")]
    [InlineData("$(id).example.com")]
    [InlineData("../../etc/passwd")]
    [InlineData("1.2.3")]
    [InlineData("0177.0.0.1")]
    [InlineData("256.1.1.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::1; id")]
    [InlineData("a..b")]
    [InlineData("example.com\0")]
    public void Check_HostileAddress_IsRefused(string address) =>
        Assert.Equal("address-invalid", ServerConnectionRules.Check(new ServerConnection("Shop", address, 22, "root", "")).Error?.Code);

    [Fact]
    public void Check_AddressLongerThanANameMayBe_IsRefused() =>
        Assert.Equal("address-invalid", ServerConnectionRules.Check(new ServerConnection("Shop", string.Join('.', Enumerable.Repeat("a", 200)), 22, "root", "")).Error?.Code);

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("root;id")]
    [InlineData("Root")]
    [InlineData("ro ot")]
    [InlineData("")]
    [InlineData("1user")]
    [InlineData("root\nuser")]
    [InlineData("$USER")]
    public void Check_HostileUser_IsRefused(string user) => Assert.Equal("user-invalid", ServerConnectionRules.Check(new ServerConnection("Shop", "example.com", 22, user, "")).Error?.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Check_PortOutOfRange_IsRefused(int port) => Assert.Equal("port-invalid", ServerConnectionRules.Check(new ServerConnection("Shop", "example.com", port, "root", "")).Error?.Code);

    [Theory]
    [InlineData("sites")]
    [InlineData("-x.example.com")]
    [InlineData("203.0.113.7")]
    [InlineData("sites.example.com/x")]
    [InlineData("*.example.com")]
    public void Check_DomainThatIsNone_IsRefused(string domain) => Assert.Equal("domain-invalid", ServerConnectionRules.Check(new ServerConnection("Shop", "example.com", 22, "root", domain)).Error?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public void CheckName_NameThatIsNone_IsRefused(string name) => Assert.Equal("name-invalid", ServerConnectionRules.CheckName(name).Error?.Code);
}

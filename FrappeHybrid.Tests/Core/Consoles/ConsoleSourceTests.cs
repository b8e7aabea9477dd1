using FrappeHybrid.Core.Contracts.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Core.Consoles;

/// <summary>The names of sources, as they stand in addresses.</summary>
public sealed class ConsoleSourceTests
{
    [Theory]
    [InlineData("agent", "Agent log")]
    [InlineData("nginx-access", "nginx access log")]
    [InlineData("nginx-error", "nginx error log")]
    [InlineData("database", "MariaDB log")]
    [InlineData("bench:main", "main / all services")]
    [InlineData("service:main:queue-long", "main / queue-long")]
    [InlineData("file:main:worker.log", "main / worker.log")]
    [InlineData("file:main:shop.example.com:frappe.log.2", "shop.example.com / frappe.log.2")]
    public void A_source_is_its_name(string name, string title)
    {
        Assert.True(ConsoleSource.TryParse(name, out var source));
        Assert.Equal((name, title), (source.ToString(), source.Title));
        Assert.True(ConsoleSource.TryParse(name, out var again));
        Assert.Equal(source, again);
        Assert.Equal(source.GetHashCode(), again.GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Agent")]
    [InlineData("agent:main")]
    [InlineData("database:main")]
    [InlineData("bench:../main")]
    [InlineData("service:main:mariadb")]
    [InlineData("service:main")]
    [InlineData("file:main:passwd")]
    [InlineData("file:main:../../etc/passwd.log")]
    [InlineData("file:main:..:frappe.log")]
    [InlineData("file:main:shop.example.com:frappe.log:x")]
    public void Anything_else_is_none(string? name) => Assert.False(ConsoleSource.TryParse(name, out _));
}

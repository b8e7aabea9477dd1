using System.Net;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FrappeHybrid.Tests.Core.Webhooks;

/// <summary>Nothing that only the portal reaches can be reached through a webhook.</summary>
public sealed class WebhookAddressTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.5")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::1")]
    public void Address_that_is_not_of_the_internet_is_none(string address) => Assert.False(WebhookAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void Address_of_the_internet_is_one(string address) => Assert.True(WebhookAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("hooks.example.com", "webhook-url-invalid")]
    [InlineData("", "webhook-url-invalid")]
    [InlineData("http://hooks.example.com/", "webhook-url-not-https")]
    [InlineData("ftp://hooks.example.com/", "webhook-url-not-https")]
    [InlineData("file:///etc/passwd", "webhook-url-invalid")]
    [InlineData("https://user:password@hooks.example.com/", "webhook-url-user")]
    [InlineData("https://hooks.example.com/#part", "webhook-url-user")]
    [InlineData("https://127.0.0.1/", "webhook-url-private")]
    [InlineData("https://2130706433/", "webhook-url-private")]
    [InlineData("https://0x7f.1/", "webhook-url-private")]
    [InlineData("https://[::1]/", "webhook-url-private")]
    [InlineData("https://[::ffff:10.0.0.1]/", "webhook-url-private")]
    [InlineData("https://localhost:8443/", "webhook-url-private")]
    [InlineData("https://a.localhost/", "webhook-url-private")]
    public void Address_that_cannot_be_is_refused(string url, string code) => Assert.Equal(code, WebhookAddress.Check(url, new WebhookOptions()).Error?.Code);

    [Fact]
    public void Address_that_can_be_is_kept_as_typed() =>
        Assert.Equal("https://hooks.example.com:8443/a/b?token=x", WebhookAddress.Check(" https://hooks.example.com:8443/a/b?token=x ", new WebhookOptions()).Value);

    [Fact]
    public async Task Name_that_leads_inside_is_not_connected_to()
    {
        await using var scene = await WebhookScene.StartAsync();
        var url = $"http://hooks.example.com:{scene.Receiver.Port}/";
        var (hook, _) = await scene.AddAsync(url);
        await scene.HappensAsync();
        var dns = new Dns(["127.0.0.1"]);
        var (client, deliverer) = scene.With(dns, new WebhookOptions { AllowHttp = true });
        using (client)
        using (deliverer)
            await deliverer.DeliverDueAsync(hook, Cancel);

        Assert.Equal("hooks.example.com", Assert.Single(dns.Asked));
        Assert.Empty(scene.Receiver.Requests);
        var tried = Assert.Single(Assert.Single(await scene.DeliveriesAsync(hook)).Tries);
        Assert.Equal((null, "hooks.example.com does not lead to the Internet: the portal posts only to receivers that the Internet reaches."), (tried.Status, tried.Problem));

        // The same with the setting: it was the guard that kept it away.
        var (open, second) = scene.With(dns, new WebhookOptions { AllowHttp = true, AllowPrivateAddresses = true });
        scene.Time.Advance(TimeSpan.FromHours(1));
        using (open)
        using (second)
            await second.DeliverDueAsync(hook, Cancel);
        Assert.Single(scene.Receiver.Requests);
    }

    [Fact]
    public async Task Name_that_means_something_else_a_moment_later_is_looked_at_again()
    {
        await using var scene = await WebhookScene.StartAsync();
        var dns = new Dns(["1.1.1.1"], ["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::1", "2606:4700::1111"], []);
        var (client, deliverer) = scene.With(dns, new WebhookOptions());
        using (client)
        using (deliverer)
        {
            Assert.Equal([IPAddress.Parse("1.1.1.1")], await client.ResolveAsync("hooks.example.com", Cancel));
            for (var look = 0; look < 4; look++)
                await Assert.ThrowsAsync<WebhookRefusedException>(() => client.ResolveAsync("hooks.example.com", Cancel));
            await Assert.ThrowsAsync<WebhookRefusedException>(() => client.ResolveAsync("[::1]", Cancel));
            await Assert.ThrowsAsync<WebhookRefusedException>(() => client.ResolveAsync("2130706433", Cancel));
            Assert.Equal(5, dns.Asked.Count);
        }
    }

    [Fact]
    public async Task Connection_that_was_good_is_not_kept_for_a_name_that_changed()
    {
        await using var scene = await WebhookScene.StartAsync();
        var (hook, _) = await scene.AddAsync($"http://hooks.example.com:{scene.Receiver.Port}/");
        var options = new WebhookOptions { AllowHttp = true, AllowPrivateAddresses = true };
        // The receiver closes each connection, as one that rebinds its name would.
        scene.Receiver.Answer = context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        var (client, deliverer) = scene.With(new Dns(["127.0.0.1"]), options);
        using (client)
        using (deliverer)
        {
            await scene.HappensAsync();
            await deliverer.DeliverDueAsync(hook, Cancel);
            Assert.Single(scene.Receiver.Requests);
            options.AllowPrivateAddresses = false;
            await scene.HappensAsync();
            await deliverer.DeliverDueAsync(hook, Cancel);
        }

        Assert.Single(scene.Receiver.Requests);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var scene = await WebhookScene.StartAsync();
        await using var inside = await Receiver.StartAsync();
        scene.Receiver.Answer = context =>
        {
            context.Response.Redirect(inside.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await scene.HappensAsync();
        await scene.DeliverAsync();

        Assert.Empty(inside.Requests);
        Assert.Single(scene.Receiver.Requests);
        Assert.Equal("The receiver answered 307: redirects are not followed.", Assert.Single(Assert.Single(await scene.DeliveriesAsync()).Tries).Problem);
    }

    private sealed class Dns(params string[][] answers) : IDnsLookup
    {
        public List<string> Asked { get; } = [];

        public Task<DnsAnswer?> FindAsync(string name, CancellationToken cancel)
        {
            Asked.Add(name);
            return Task.FromResult<DnsAnswer?>(new DnsAnswer(answers[Math.Min(Asked.Count, answers.Length) - 1], null));
        }
    }
}

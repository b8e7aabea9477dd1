using System.Net;
using System.Reflection;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Portal.Consoles;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Who gets in: nobody without signing in, on any page, hub or endpoint.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private static readonly Type[] Pages = [.. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];
    private TestPortal portal = null!;

    public async ValueTask InitializeAsync() => portal = await TestPortal.StartAsync();

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Pages_Anonymous_LeadToTheSignIn()
    {
        using var browser = portal.Browser();
        foreach (var page in Pages.Where(page => page.GetCustomAttribute<AllowAnonymousAttribute>() is null))
        {
            foreach (var route in page.GetCustomAttributes<RouteAttribute>())
            {
                var address = route.Template.Replace("{Id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{ServiceName}", "backend", StringComparison.Ordinal);
                using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
                Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{address} answered {answer.StatusCode}");
                Assert.StartsWith("/account/sign-in", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.OriginalString, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Pages_OpenToEverybody_AreTheseAlone() => Assert.Equal(
        ["/account/code", "/account/confirm", "/account/denied", "/account/enter", "/account/forgot", "/account/invitation", "/account/reset", "/account/sign-in", "/account/sign-up", "/error", "/not-found", "/welcome"],
        Pages.Where(page => page.GetCustomAttribute<AllowAnonymousAttribute>() is not null).SelectMany(page => page.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Order(StringComparer.Ordinal));

    [Fact]
    public void Pages_AllOthers_AskForAPermissionOfCore()
    {
        foreach (var page in Pages.Where(page => page.GetCustomAttribute<AllowAnonymousAttribute>() is null && page.Name != "NotFoundInside"))
            Assert.True(Enum.TryParse<Capability>(page.GetCustomAttribute<AuthorizeAttribute>()?.Policy, out _) || page.GetCustomAttribute<AuthorizeAttribute>()?.Policy == Capabilities.OwnAccount, $"{page.Name} asks for no permission");
    }

    [Theory]
    [InlineData("/hubs/console/negotiate?negotiateVersion=1", "POST")]
    [InlineData("/hubs/console", "GET")]
    public async Task ConsoleHub_Anonymous_IsClosed(string address, string method)
    {
        using var browser = portal.Browser();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using var answer = await browser.SendAsync(request, Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Found or HttpStatusCode.BadRequest, $"answered {answer.StatusCode}");
        Assert.Equal(nameof(Capability.WatchConsoles), typeof(ConsoleHub).GetCustomAttribute<AuthorizeAttribute>()?.Policy);
    }

    [Theory]
    [InlineData("/account/sign-out")]
    [InlineData("/account/enter/redeem")]
    [InlineData("/account/passkey/options")]
    [InlineData("/account/passkey/sign-in")]
    [InlineData("/account/passkeys/creation")]
    public async Task Posts_WithoutAFormToken_AreRefused(string address)
    {
        using var browser = await portal.SignedInAsync();
        using var form = new FormUrlEncodedContent([new("token", "x")]);
        using var answer = await browser.PostAsync(new Uri(address, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_All_CarryTheSecurityHeaders()
    {
        using var browser = portal.Browser();
        foreach (var address in new[] { "/account/sign-in", "/css/tokens.css", "/healthz", "/nowhere" })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("/servers", "/servers")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public async Task SignIn_ReturnAddress_OnlyOneOfOurOwn(string asked, string expected)
    {
        using var browser = portal.Browser();
        using var answer = await TestPortal.PostFormAsync(browser, $"/account/sign-in?returnUrl={Uri.EscapeDataString(asked)}", new() { ["_handler"] = "sign-in", ["Input.Email"] = TestPortal.Email, ["Input.Password"] = TestPortal.Password });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(expected, new Uri(portal.Url, answer.Headers.Location!).AbsolutePath);
        Assert.Equal(portal.Url.Host, new Uri(portal.Url, answer.Headers.Location!).Host);
    }

    [Fact]
    public async Task SignIn_TooOftenFromOneAddress_IsSlowedDown()
    {
        using var browser = portal.Browser();
        HttpStatusCode last = default;
        for (var attempt = 0; attempt < 25; attempt++)
        {
            using var answer = await TestPortal.PostFormAsync(browser, "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = "nobody@example.com", ["Input.Password"] = "wrong" });
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task SignInLink_UsedTwice_WorksOnce()
    {
        var user = (await portal.Services.CreateScope().ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<PortalUser>>().FindByEmailAsync(TestPortal.Email))!;
        var token = await portal.Services.GetRequiredService<SignInLinks>().CreateAsync(user.Id, TimeSpan.FromMinutes(5), Cancel);
        using var browser = portal.Browser();

        using var first = await TestPortal.PostFormAsync(browser, "/account/enter", new() { ["token"] = token, ["returnUrl"] = "/jobs" }, "/account/enter/redeem");
        Assert.Equal("/jobs", first.Headers.Location!.OriginalString);
        using var page = await browser.GetAsync(new Uri("/jobs", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        using var another = portal.Browser();
        using var second = await TestPortal.PostFormAsync(another, "/account/enter", new() { ["token"] = token }, "/account/enter/redeem");
        Assert.Equal("/account/enter?problem=used", second.Headers.Location!.OriginalString);
        using var closed = await another.GetAsync(new Uri("/jobs", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithItsForm_ClosesTheDoor()
    {
        using var browser = await portal.SignedInAsync();
        using var answer = await TestPortal.PostFormAsync(browser, "/", [], "/account/sign-out");
        Assert.Equal("/account/sign-in", answer.Headers.Location!.OriginalString);
        using var closed = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
    }

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;
}

using System.Net;
using System.Security.Claims;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Tests.Core.Accounts;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Account;

/// <summary>Cookies, headers, origins, and open pages whose session has ended.</summary>
public sealed class SecurityTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookies_are_for_this_host_by_https_and_for_no_script()
    {
        await using var portal = await TestPortal.StartAsync(settings: ["--Portal:PublicUrl=https://portal.example.com"]);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Url };
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await browser.GetAsync(new Uri("/account/sign-in", UriKind.Relative), Cancel);
        var forms = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        browser.DefaultRequestHeaders.Add("Cookie", forms.Split(';')[0]);
        using var answer = await TestPortal.SignInAsync(browser);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);

        var cookies = answer.Headers.GetValues("Set-Cookie").Where(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)).Append(forms).ToList();
        Assert.Equal(["__Host-frappe-hybrid.browser", "__Host-frappe-hybrid.form", "__Host-frappe-hybrid.user"], cookies.Select(cookie => cookie.Split('=')[0]).Order(StringComparer.Ordinal));
        foreach (var cookie in cookies)
        {
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("; domain", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(cookie.StartsWith("__Host-frappe-hybrid.user", StringComparison.Ordinal) ? "; samesite=lax" : "; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Https_is_kept_where_it_is(string scheme, bool isKept)
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var answer = await browser.GetAsync(new Uri("/account/sign-in", UriKind.Relative), Cancel);
        Assert.Equal(isKept, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https://evil.example", true)]
    [InlineData("null", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("own", false)]
    [InlineData("https://portal.example.com", false)]
    [InlineData("http://portal.example.com", true)]
    [InlineData(null, false)]
    public async Task Circuits_and_hubs_are_for_our_own_pages(string? origin, bool isRefused)
    {
        await using var portal = await TestPortal.StartAsync(settings: ["--Portal:PublicUrl=https://portal.example.com"]);
        using var browser = portal.Browser();
        foreach (var (address, method) in new[] { ("/_blazor/negotiate?negotiateVersion=1", "POST"), ("/_blazor?id=x", "GET"), ("/hubs/console", "GET"), ("/hubs/console/negotiate?negotiateVersion=1", "POST") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
            if (origin is not null)
                request.Headers.TryAddWithoutValidation("Origin", origin == "own" ? portal.Url.GetLeftPart(UriPartial.Authority) : origin);
            using var answer = await browser.SendAsync(request, Cancel);
            Assert.Equal(isRefused, answer.StatusCode is HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task An_open_page_learns_within_20_seconds_that_its_session_has_ended()
    {
        var time = new FakeTime();
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var session = (await core.Get<PortalSessions>().FindAsync(await core.AddSessionAsync(user.Id), Cancel))!.Id;
        using var state = new RevalidatingAuthenticationState(core.Get<PortalSessions>(), new CircuitUse(), time, NullLogger<RevalidatingAuthenticationState>.Instance);
        state.SetAuthenticationState(Task.FromResult(StateOf(user.Id, session)));
        var signedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        state.AuthenticationStateChanged += async changed =>
        {
            if ((await changed).User.Identity?.IsAuthenticated != true)
                signedOut.TrySetResult();
        };

        // Still good: asked and asked again.
        await core.UntilAsync(() => Task.FromResult(time.IsAwaited));
        time.Advance(RevalidatingAuthenticationState.Interval);
        await core.UntilAsync(() => Task.FromResult(time.IsAwaited));
        Assert.True((await state.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated);

        await core.Get<PortalSessions>().EndAsync(user.Id, session, null, Cancel);
        time.Advance(RevalidatingAuthenticationState.Interval);
        await signedOut.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        Assert.False((await state.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated);
    }

    private static AuthenticationState StateOf(Guid user, Guid session) => new(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user.ToString()), new Claim(SessionTickets.SessionClaim, session.ToString())], "test")));
}

using System.Net;
using System.Text;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Signing in to a site as its Administrator, as a browser does it: the session is in a form of one answer and nowhere else.</summary>
public sealed class SiteSignInTests : IAsyncLifetime
{
    private const string Sid = "canary5e5510n5e5510n5e5510n5e5510n";
    private TestPortal portal = null!;
    private PortalSeed seed = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync();
        seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        portal.Agent.Before = (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/sid", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"sid":"{{Sid}}"}""", Encoding.UTF8, "application/json") }
                : null);
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task The_answer_posts_the_session_to_the_site_and_nothing_else_has_it()
    {
        using var browser = await portal.SignedInAsync();
        using var answer = await TestPortal.PostFormAsync(browser, "/", new() { ["reason"] = "The customer asked for help" }, $"/sites/{seed.Site}/sign-in");
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, html);
        Assert.Contains($"name=\"sid\" value=\"{Sid}\"", html, StringComparison.Ordinal);
        Assert.Matches("<form method=\"post\" action=\"http://[^\"?]+/login\"", html);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Matches("form-action http://[a-z0-9.:-]+;", policy);
        Assert.DoesNotContain(Sid, answer.Headers.ToString(), StringComparison.Ordinal);

        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        Assert.Contains(await db.Activity.Select(entry => entry.Reason).ToListAsync(Cancel), reason => reason == "The customer asked for help");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task Without_a_reason_there_is_none(string reason)
    {
        using var browser = await portal.SignedInAsync();
        using var answer = await TestPortal.PostFormAsync(browser, "/", new() { ["reason"] = reason }, $"/sites/{seed.Site}/sign-in");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.DoesNotContain(Sid, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_forms_token_or_a_sign_in_there_is_none()
    {
        using var form = new FormUrlEncodedContent([new("reason", "The customer asked for help")]);
        using var stranger = portal.Browser();
        using var closed = await stranger.PostAsync(new Uri($"/sites/{seed.Site}/sign-in", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        using var again = new FormUrlEncodedContent([new("reason", "The customer asked for help")]);
        using var browser = await portal.SignedInAsync();
        using var refused = await browser.PostAsync(new Uri($"/sites/{seed.Site}/sign-in", UriKind.Relative), again, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }
}

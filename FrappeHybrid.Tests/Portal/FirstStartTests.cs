using System.Net;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class FirstStartTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPage_BeforeTheFirstUser_LeadsToWelcome()
    {
        await using var portal = await TestPortal.StartAsync(hasOperator: false);
        using var browser = portal.Browser();
        foreach (var address in new[] { "/", "/servers", "/account/sign-in" })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.Equal("/welcome", answer.Headers.Location?.OriginalString);
        }

        using var health = await browser.GetAsync(new Uri("/healthz", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Welcome_ManyAtOnce_MakesOneOperatorAndCloses()
    {
        await using var portal = await TestPortal.StartAsync(hasOperator: false);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            using var browser = portal.Browser();
            using var answer = await TestPortal.PostFormAsync(browser, "/welcome", new()
            {
                ["_handler"] = "welcome",
                ["Input.Team"] = $"Team {number}",
                ["Input.Email"] = $"user{number}@example.com",
                ["Input.Password"] = TestPortal.Password,
            });
            return answer.StatusCode is HttpStatusCode.Found && answer.Headers.Location!.ToString() is var to && (to == "/" || new Uri(portal.Url, to).AbsolutePath == "/");
        }));

        Assert.Single(answers, isIn => isIn);
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        Assert.Equal(1, await db.Users.CountAsync(Cancel));
        Assert.Equal(1, await db.Teams.CountAsync(Cancel));

        using var late = portal.Browser();
        using var closed = await late.GetAsync(new Uri("/welcome", UriKind.Relative), Cancel);
        Assert.Equal("/account/sign-in", closed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Welcome_ShortPassword_IsRefusedWithItsReason()
    {
        await using var portal = await TestPortal.StartAsync(hasOperator: false);
        using var browser = portal.Browser();
        using var answer = await TestPortal.PostFormAsync(browser, "/welcome", new() { ["_handler"] = "welcome", ["Input.Team"] = "A", ["Input.Email"] = "a@example.com", ["Input.Password"] = "short" });
        Assert.Contains("Use at least 12 characters.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}

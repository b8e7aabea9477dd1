using System.Net;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Account;

/// <summary>Guessing at the sign-in form, and its owner meanwhile.</summary>
public sealed class SignInTests
{
    private readonly FakeTime time = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attack_from_many_addresses_is_slowed_down_and_the_owner_goes_on_in_his_own_browser()
    {
        await using var portal = await TestPortal.StartAsync(time: time);
        using var own = await portal.SignedInAsync("203.0.113.200");
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Contains("do not belong together", await GuessAsync(portal, TestPortal.Email, $"203.0.113.{attempt}"), StringComparison.Ordinal);
        Assert.Contains("Wait 30 seconds", await GuessAsync(portal, TestPortal.Email, "203.0.113.99"), StringComparison.Ordinal);
        Assert.Contains("Wait 30 seconds", await GuessAsync(portal, TestPortal.Email, "203.0.113.99", TestPortal.Password), StringComparison.Ordinal);

        using (var outside = await TestPortal.PostFormAsync(own, "/account/password", [], "/account/sign-out"))
            Assert.Equal(HttpStatusCode.Found, outside.StatusCode);
        using var inside = await TestPortal.SignInAsync(own);
        Assert.Equal(HttpStatusCode.Found, inside.StatusCode);

        time.Advance(TimeSpan.FromSeconds(30));
        using var elsewhere = portal.Browser("203.0.113.99");
        using var late = await TestPortal.SignInAsync(elsewhere);
        Assert.Equal(HttpStatusCode.Found, late.StatusCode);
    }

    [Fact]
    public async Task Accounts_that_there_are_not_answer_alike_with_the_same_work()
    {
        var hasher = new CountingHasher();
        await using var portal = await TestPortal.StartAsync(time: time, configure: builder => builder.Services.AddSingleton<IPasswordHasher<PortalUser>>(hasher));
        List<string> known = [], unknown = [];
        // What is made once for all is made now.
        await GuessAsync(portal, "first@example.com", "203.0.113.1");
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var before = hasher.Verified;
            known.Add(Text(await GuessAsync(portal, TestPortal.Email, $"203.0.113.{attempt}")));
            var work = hasher.Verified - before;
            unknown.Add(Text(await GuessAsync(portal, "nobody@example.com", $"198.51.100.{attempt}")));
            Assert.Equal(work, hasher.Verified - before - work);
            Assert.Equal(attempt < 5 ? 1 : 0, work);
        }

        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task Everything_is_written_down_but_never_what_was_typed()
    {
        await using var portal = await TestPortal.StartAsync(time: time);
        await GuessAsync(portal, "secret-typed@example.com", "203.0.113.1");
        await GuessAsync(portal, TestPortal.Email, "203.0.113.2");
        using var browser = await portal.SignedInAsync("203.0.113.3");
        using var outside = await TestPortal.PostFormAsync(browser, "/account/password", [], "/account/sign-out");

        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var record = await db.Activity.OrderBy(entry => entry.Number).ToListAsync(Cancel);
        Assert.Equal(
            ["Unknown account|203.0.113.1|sign-in-failed", $"{TestPortal.Email}|203.0.113.2|sign-in-failed", $"{TestPortal.Email}|203.0.113.3|sign-in", $"{TestPortal.Email}|203.0.113.3|sign-out"],
            record.Where(entry => entry.Act.StartsWith("sign-", StringComparison.Ordinal)).Select(entry => $"{entry.UserName}|{entry.Address}|{entry.Act}"));
        Assert.DoesNotContain(record, entry => entry.Summary.Contains("secret-typed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_in_again_begins_a_new_session_with_a_new_key()
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = await portal.SignedInAsync();
        var sessions = portal.Services.GetRequiredService<PortalSessions>();
        var user = await UserAsync(portal);
        var first = Assert.Single(await sessions.ListAsync(user, Cancel));
        using (await TestPortal.SignInAsync(browser))
            Assert.NotEqual(first.Id, Assert.Single(await sessions.ListAsync(user, Cancel)).Id);
        using var page = await browser.GetAsync(new Uri("/account", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Sign_up_confirm_and_sign_in_with_the_links_of_the_letters()
    {
        await using var portal = await TestPortal.StartAsync(settings: ["--Accounts:SignUp=Open", .. TestPortal.LettersThatStay]);
        using var browser = portal.Browser();
        using var signedUp = await TestPortal.PostFormAsync(browser, "/account/sign-up", new()
        {
            ["_handler"] = "sign-up",
            ["Input.Team"] = "New company",
            ["Input.Email"] = "owner@example.com",
            ["Input.Password"] = TestPortal.Password,
        });
        Assert.Contains("Look into your mailbox", await signedUp.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var early = await TestPortal.SignInAsync(browser, "owner@example.com");
        Assert.Contains("Confirm your e-mail address first", await early.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        using var confirmed = await TestPortal.PostFormAsync(browser, "/account/confirm", new() { ["_handler"] = "confirm", ["Input.Token"] = await portal.TokenInMailAsync("owner@example.com") });
        Assert.Contains("your account is open", await confirmed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var inside = await TestPortal.SignInAsync(browser, "owner@example.com");
        Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
    }

    [Fact]
    public async Task By_invitation_only_says_so()
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();
        Assert.Contains("By invitation only", await browser.GetStringAsync(new Uri("/account/sign-up", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Contains("cannot send e-mail", await browser.GetStringAsync(new Uri("/account/forgot", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_and_the_browser_counts_as_known_under_attack()
    {
        await using var portal = await TestPortal.StartAsync(time: time, settings: [.. TestPortal.LettersThatStay]);
        using var signedIn = await portal.SignedInAsync("203.0.113.200");
        for (var attempt = 0; attempt < 5; attempt++)
            await GuessAsync(portal, TestPortal.Email, $"203.0.113.{attempt}");

        using var browser = portal.Browser("203.0.113.50");
        using var asked = await TestPortal.PostFormAsync(browser, "/account/forgot", new() { ["_handler"] = "forgot", ["Input.Email"] = TestPortal.Email });
        Assert.Contains("a letter with a link is on its way", await asked.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var set = await TestPortal.PostFormAsync(browser, "/account/reset", new()
        {
            ["_handler"] = "reset",
            ["Input.Token"] = await portal.TokenInMailAsync(TestPortal.Email),
            ["Input.Password"] = "another rather long sentence",
        });
        Assert.Equal("/account/sign-in?reset=done", new Uri(portal.Url, set.Headers.Location!).PathAndQuery);
        using (var ended = await signedIn.GetAsync(new Uri("/", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var inside = await TestPortal.SignInAsync(browser, password: "another rather long sentence");
        Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
    }

    private static async Task<string> GuessAsync(TestPortal portal, string email, string address, string password = "not the password")
    {
        using var browser = portal.Browser(address);
        using var answer = await TestPortal.SignInAsync(browser, email, password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static string Text(string html) => html[html.IndexOf("problem-box", StringComparison.Ordinal)..html.IndexOf("<form", StringComparison.Ordinal)];

    private static async Task<Guid> UserAsync(TestPortal portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        return (await db.Users.SingleAsync(Cancel)).Id;
    }

    private sealed class CountingHasher : PasswordHasher<PortalUser>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(PortalUser user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Account;

/// <summary>The pages of one's own account.</summary>
public sealed partial class AccountPagesTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestPortal portal = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => portal = await TestPortal.StartAsync(time: time, settings: [.. TestPortal.LettersThatStay]);

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/password")]
    [InlineData("/account/email")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/sessions")]
    public async Task Each_answers_and_is_kept_by_nobody(string address)
    {
        using var browser = await portal.SignedInAsync();
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Second_factor_is_set_up_and_asked_for_and_no_code_works_twice()
    {
        using var browser = await portal.SignedInAsync();
        Assert.Contains("a password alone opens it", await ReadAsync(browser, "/account"), StringComparison.Ordinal);
        var setup = await ReadAsync(browser, "/account/second-factor");
        Assert.Contains("data:image/svg", setup, StringComparison.Ordinal);
        var key = Key().Match(setup).Groups["key"].Value;
        using var on = await TestPortal.PostFormAsync(browser, "/account/second-factor", new() { ["_handler"] = "turn-on", ["Confirmation.Code"] = Authenticator.Code(key, time.GetUtcNow()) });
        var shown = await on.Content.ReadAsStringAsync(Cancel);
        var recovery = RecoveryCode().Matches(shown).Select(match => match.Value).Distinct().ToList();
        Assert.Equal(SecondFactor.RecoveryCodes, recovery.Count);
        Assert.DoesNotContain(recovery[0], await ReadAsync(browser, "/account/second-factor"), StringComparison.Ordinal);
        Assert.DoesNotContain("a password alone opens it", await ReadAsync(browser, "/account"), StringComparison.Ordinal);

        // The code that turned it on is used up; the next one signs in.
        using var another = portal.Browser();
        await AskedForCodeAsync(another);
        Assert.Contains("or it was used already", await TextAsync(await GiveAsync(another, Authenticator.Code(key, time.GetUtcNow()))), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(30));
        using (var inside = await GiveAsync(another, Authenticator.Code(key, time.GetUtcNow())))
            Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await another.GetAsync(new Uri("/account", UriKind.Relative), Cancel)).StatusCode);

        // A recovery code signs in once.
        using var third = portal.Browser();
        await AskedForCodeAsync(third);
        using (var inside = await GiveAsync(third, recovery[0], isRecovery: true))
            Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
        using var fourth = portal.Browser();
        await AskedForCodeAsync(fourth);
        Assert.Contains("none of your recovery codes", await TextAsync(await GiveAsync(fourth, recovery[0], isRecovery: true)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed()
    {
        await TurnOnAsync();
        using var browser = portal.Browser();
        await AskedForCodeAsync(browser);
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Contains("not the code", await TextAsync(await GiveAsync(browser, $"00000{attempt}")), StringComparison.Ordinal);
        Assert.Contains("Wait 30 seconds", await TextAsync(await GiveAsync(browser, "000009")), StringComparison.Ordinal);

        // Neither a fresh beginning nor another address begins the count anew.
        using var another = portal.Browser("203.0.113.7");
        await AskedForCodeAsync(another);
        Assert.Contains("Too many tries", await TextAsync(await GiveAsync(another, "000009")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_there_is_no_code_to_give()
    {
        using var browser = portal.Browser();
        Assert.Contains("Sign in with your password first", await ReadAsync(browser, "/account/code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_browser_is_not_asked_for_30_days_and_asked_again_with_another_password()
    {
        var key = await TurnOnAsync();
        using var browser = portal.Browser();
        await AskedForCodeAsync(browser);
        time.Advance(TimeSpan.FromSeconds(30));
        using (var inside = await GiveAsync(browser, Authenticator.Code(key, time.GetUtcNow()), trust: true))
            Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
        time.Advance(TimeSpan.FromDays(29));
        using (var again = await TestPortal.SignInAsync(browser))
            Assert.Equal("/", new Uri(portal.Url, again.Headers.Location!).AbsolutePath);
        time.Advance(TimeSpan.FromDays(2));
        await AskedForCodeAsync(browser);
    }

    [Fact]
    public async Task Ending_a_session_signs_that_browser_out_and_no_other()
    {
        using var mine = await portal.SignedInAsync();
        using var other = await portal.SignedInAsync();
        using var third = await portal.SignedInAsync();
        var page = await ReadAsync(mine, "/account/sessions");
        Assert.Single(Regex.Matches(page, "this browser", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var handlers = EndForm().Matches(page).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(2, handlers.Count);

        using var ended = await TestPortal.PostFormAsync(mine, "/account/sessions", new() { ["_handler"] = handlers[0] });
        HttpClient[] others = [other, third];
        Assert.Single(others, browser => !IsIn(browser));
        Assert.True(IsIn(mine));
        using var endedAll = await TestPortal.PostFormAsync(mine, "/account/sessions", new() { ["_handler"] = "end-others" });
        Assert.DoesNotContain(others, IsIn);
        Assert.True(IsIn(mine));
        using var everywhere = await TestPortal.PostFormAsync(mine, "/account/sessions", new() { ["_handler"] = "end-all" });
        Assert.False(IsIn(mine));
    }

    [Fact]
    public async Task Changing_the_password_asks_for_it_and_ends_the_other_sessions()
    {
        using var mine = await portal.SignedInAsync();
        using var other = await portal.SignedInAsync();
        using var wrong = await TestPortal.PostFormAsync(mine, "/account/password", new() { ["_handler"] = "password", ["Input.Present"] = "not it", ["Input.Password"] = "another rather long sentence" });
        Assert.Contains("That is not your password", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.True(IsIn(other));
        using var changed = await TestPortal.PostFormAsync(mine, "/account/password", new() { ["_handler"] = "password", ["Input.Present"] = TestPortal.Password, ["Input.Password"] = "another rather long sentence" });
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        Assert.True(IsIn(mine));
        Assert.False(IsIn(other));
    }

    [Fact]
    public async Task A_stolen_session_cannot_guess_the_password_and_the_owner_signs_in_meanwhile()
    {
        using var stolen = await portal.SignedInAsync();
        for (var attempt = 0; attempt < 5; attempt++)
            (await TestPortal.PostFormAsync(stolen, "/account/password", new() { ["_handler"] = "password", ["Input.Present"] = $"guess {attempt}", ["Input.Password"] = "another rather long sentence" })).Dispose();
        using var right = await TestPortal.PostFormAsync(stolen, "/account/password", new() { ["_handler"] = "password", ["Input.Present"] = TestPortal.Password, ["Input.Password"] = "another rather long sentence" });
        Assert.Contains("Wait 30 seconds", await right.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var owner = await portal.SignedInAsync("203.0.113.8");
        Assert.True(IsIn(owner));
    }

    [Fact]
    public async Task A_name_is_stored_and_a_new_address_gets_its_letter()
    {
        using var browser = await portal.SignedInAsync();
        using var named = await TestPortal.PostFormAsync(browser, "/account", new() { ["_handler"] = "name", ["Input.Name"] = "  The <b>operator</b> " });
        Assert.Equal(HttpStatusCode.Found, named.StatusCode);
        Assert.Contains("The &lt;b&gt;operator&lt;/b&gt;", await ReadAsync(browser, "/account"), StringComparison.Ordinal);
        using var asked = await TestPortal.PostFormAsync(browser, "/account/email", new() { ["_handler"] = "email", ["Input.Email"] = "new@example.com", ["Input.Password"] = TestPortal.Password });
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using var confirmed = await TestPortal.PostFormAsync(browser, "/account/confirm", new() { ["_handler"] = "confirm", ["Input.Token"] = await portal.TokenInMailAsync("new@example.com") });
        Assert.Contains("new e-mail address is confirmed", await confirmed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("new@example.com", await ReadAsync(browser, "/account"), StringComparison.Ordinal);
    }

    private bool IsIn(HttpClient browser)
    {
        using var answer = browser.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Url, "/account")), Cancel);
        return answer.StatusCode is HttpStatusCode.OK;
    }

    private async Task<string> TurnOnAsync()
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var user = (await db.Users.SingleAsync(Cancel)).Id;
        var factor = portal.Services.GetRequiredService<SecondFactor>();
        var key = (await factor.BeginAsync(user, Cancel)).Value.Key;
        Assert.True((await factor.TurnOnAsync(user, Authenticator.Code(key, time.GetUtcNow()), null, Cancel)).IsDone);
        return key;
    }

    private async Task AskedForCodeAsync(HttpClient browser)
    {
        using var answer = await TestPortal.SignInAsync(browser);
        Assert.Equal("/account/code", new Uri(portal.Url, answer.Headers.Location!).AbsolutePath);
        using var closed = await browser.GetAsync(new Uri("/account", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
    }

    private static Task<HttpResponseMessage> GiveAsync(HttpClient browser, string code, bool isRecovery = false, bool trust = false) =>
        TestPortal.PostFormAsync(browser, isRecovery ? "/account/code?recovery=1" : "/account/code", new() { ["_handler"] = "code", ["Input.Code"] = code, ["Input.Trust"] = trust.ToString() });

    private static Task<string> ReadAsync(HttpClient browser, string address) => browser.GetStringAsync(new Uri(address, UriKind.Relative), Cancel);

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using (answer)
            return await answer.Content.ReadAsStringAsync(Cancel);
    }

    [GeneratedRegex("<code class=\"key\"[^>]*>(?<key>[A-Z2-7 ]+)</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("\\b[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}\\b", RegexOptions.None, 1000)]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("name=\"_handler\" value=\"(?<name>end-[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EndForm();
}

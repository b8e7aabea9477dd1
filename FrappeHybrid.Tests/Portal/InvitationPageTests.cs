using System.Net;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The page of an invitation's link, as a browser posts it.</summary>
public sealed class InvitationPageTests : IAsyncLifetime
{
    private const string Page = "/account/invitation";
    private TestPortal portal = null!;
    private Actor host = null!;
    private Guid team;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync();
        await using var db = await DbAsync();
        team = await db.Teams.Select(each => each.Id).SingleAsync(Cancel);
        host = (await portal.Services.GetRequiredService<ActorQueries>().ForUserAsync(await db.Users.Select(user => user.Id).SingleAsync(Cancel), null, Cancel))!;
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Without_an_account_it_is_made_here_and_one_is_in()
    {
        var token = await InviteAsync("new@example.com", TeamRole.Developer);
        using var browser = portal.Browser();
        var offered = await PostAsync(browser, token, null);
        Assert.Contains("Choose a password", offered, StringComparison.Ordinal);
        Assert.Contains("operator@example.com invites new@example.com", offered, StringComparison.Ordinal);
        Assert.Contains("12 characters", await PostAsync(browser, token, "join", "short"), StringComparison.Ordinal);

        using var joined = await SendAsync(browser, token, "join", TestPortal.Password);
        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        using var page = await browser.GetAsync(new Uri("/servers", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await using var db = await DbAsync();
        Assert.Equal(TeamRole.Developer, await db.TeamMembers.Where(member => member.UserId != host.UserId).Select(member => member.Role).SingleAsync(Cancel));

        using var late = portal.Browser();
        Assert.Contains("cannot be used any more", await PostAsync(late, token, "join", TestPortal.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_account_one_signs_in_first_and_then_accepts_or_declines()
    {
        var token = await InviteAsync("known@example.com", TeamRole.Viewer);
        await AddUserAsync("known@example.com");
        using var browser = portal.Browser();
        Assert.Contains("Sign in as known@example.com", await PostAsync(browser, token, null), StringComparison.Ordinal);
        using var signedIn = await TestPortal.PostFormAsync(browser, "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = "known@example.com", ["Input.Password"] = TestPortal.Password });
        Assert.Contains(">Accept<", await PostAsync(browser, token, null), StringComparison.Ordinal);
        using var accepted = await SendAsync(browser, token, "accept", null);
        Assert.Equal(HttpStatusCode.Found, accepted.StatusCode);

        var second = await InviteAsync("other@example.com", TeamRole.Viewer);
        using var stranger = portal.Browser();
        Assert.Contains("You declined", await PostAsync(stranger, second, "decline"), StringComparison.Ordinal);
        await using var db = await DbAsync();
        Assert.Equal(0, await db.TeamInvitations.CountAsync(Cancel));
        Assert.Equal(2, await db.TeamMembers.CountAsync(Cancel));
    }

    [Fact]
    public async Task Signed_in_as_somebody_else_the_page_says_so_and_nothing_happens()
    {
        var token = await InviteAsync("new@example.com", TeamRole.Viewer);
        using var browser = await portal.SignedInAsync();
        var shown = await PostAsync(browser, token, "accept");
        Assert.Contains("You are signed in as operator@example.com", shown, StringComparison.Ordinal);
        Assert.Contains("Sign out", shown, StringComparison.Ordinal);
        await using var db = await DbAsync();
        Assert.Equal(1, await db.TeamInvitations.CountAsync(Cancel));
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_answer_is_stored_nowhere()
    {
        using var browser = portal.Browser();
        HttpStatusCode last = default;
        for (var attempt = 0; attempt < 25; attempt++)
        {
            using var answer = await SendAsync(browser, new string('0', 64), "join", TestPortal.Password);
            last = answer.StatusCode;
            if (attempt == 0)
                Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    private async Task<string> InviteAsync(string email, TeamRole role)
    {
        var sent = await portal.Services.GetRequiredService<InviteMember>().RunAsync(host, team, email, role, null, Cancel);
        return sent.Value.Link!.Split('#')[1];
    }

    private async Task AddUserAsync(string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
        Assert.True((await scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<PortalUser>>().CreateAsync(user, TestPortal.Password)).Succeeded);
    }

    private Task<PortalDb> DbAsync() => portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    private static async Task<string> PostAsync(HttpClient browser, string token, string? answer, string? password = null)
    {
        using var sent = await SendAsync(browser, token, answer, password);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        return await sent.Content.ReadAsStringAsync(Cancel);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string token, string? answer, string? password) => TestPortal.PostFormAsync(
        browser, Page, new() { ["_handler"] = "invitation", ["Input.Token"] = token, ["Input.Answer"] = answer ?? "", ["Input.Password"] = password ?? "" });
}

using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>What only a real browser shows: passkeys, and an open page whose session ends.</summary>
[Trait("Category", "EndToEnd")]
public sealed class AccountBrowserTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    // A passkey needs https or this very name.
    private string Url => $"http://localhost:{portal.Url.Port}";

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP localhost 127.0.0.1"] });
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_and_opens_nothing_once_it_is_removed()
    {
        var page = await OpenAsync();
        await AddAuthenticatorAsync(page);
        await SignInAsync(page);
        await page.GotoAsync($"{Url}/account/passkeys");
        await page.GetByText("No passkey yet").WaitForAsync();

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Laptop");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await page.GetByText("That is not your password").WaitForAsync();
        await AddPasskeyAsync(page, "Laptop");
        await page.GetByText("Rename", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Name of the passkey").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Work laptop", new() { Exact = true }).WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.Locator(".desktop").WaitForAsync();
        await using (var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel))
            Assert.Equal(SignInMethod.Passkey, (await db.Sessions.SingleAsync(Cancel)).Method);

        await page.GotoAsync($"{Url}/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByText("The passkey is removed").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("That passkey belongs to no account here").WaitForAsync();
    }

    [Fact]
    public async Task An_open_page_leaves_for_the_sign_in_when_its_session_is_ended_elsewhere()
    {
        var open = await OpenAsync();
        await SignInAsync(open);
        await open.GotoAsync($"{Url}/servers");
        await open.Locator(".desktop h1").First.WaitForAsync();

        var other = await OpenAsync();
        await SignInAsync(other);
        await other.GotoAsync($"{Url}/account/sessions");
        await other.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        await other.GetByText("All other sessions have ended").WaitForAsync();
        await open.WaitForFunctionAsync("() => location.pathname === '/account/sign-in'");
        await open.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
    }

    [Fact]
    public async Task A_page_whose_first_connection_fails_is_loaded_again()
    {
        var open = await OpenAsync();
        await SignInAsync(open);
        var refused = 0;
        await open.RouteAsync("**/_blazor/negotiate**", route => Interlocked.Increment(ref refused) == 1 ? route.AbortAsync() : route.ContinueAsync());
        await open.GotoAsync($"{Url}/servers");
        await open.Locator(".desktop h1").First.WaitForAsync();
        Assert.True(refused > 1);
    }

    [Fact]
    public async Task A_page_that_is_open_shows_nothing_of_the_team_any_more_once_its_reader_is_removed_from_it()
    {
        var core = portal.Services;
        var databases = core.GetRequiredService<IDbContextFactory<PortalDb>>();
        Guid team, owner, member;
        await using (var db = await databases.CreateDbContextAsync(Cancel))
        {
            team = (await db.Teams.SingleAsync(Cancel)).Id;
            owner = (await db.Users.SingleAsync(Cancel)).Id;
            var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = "viewer@example.com", NormalizedUserName = "VIEWER@EXAMPLE.COM", Email = "viewer@example.com", NormalizedEmail = "VIEWER@EXAMPLE.COM", EmailConfirmed = true, SecurityStamp = "stamp" };
            user.PasswordHash = new PasswordHasher<PortalUser>().HashPassword(user, TestPortal.Password);
            db.Users.Add(user);
            db.TeamMembers.Add(new TeamMember { TeamId = team, UserId = user.Id, Role = TeamRole.Viewer });
            await db.SaveChangesAsync(Cancel);
            member = user.Id;
        }

        var actor = (await core.GetRequiredService<ActorQueries>().ForUserAsync(owner, null, Cancel))!;
        var server = await core.GetRequiredService<CreateServer>().RunAsync(actor, team, "fra-1", Cancel);
        var open = await OpenAsync();
        await SignInAsync(open, "viewer@example.com");
        await open.GotoAsync($"{Url}/servers/{server.Value}");
        await open.Locator(".desktop h1", new() { HasText = "fra-1" }).WaitForAsync();
        await open.Locator(".explorer").GetByText("fra-1").WaitForAsync();

        var removed = await core.GetRequiredService<RemoveMember>().RunAsync(actor, team, member, Cancel);
        Assert.True(removed.IsDone, removed.Error?.Message);
        await open.GetByText("fra-1").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task<IPage> OpenAsync()
    {
        var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        // A page that does not come says nothing by itself.
        var output = Xunit.TestContext.Current.TestOutputHelper;
        page.Console += (_, message) => output?.WriteLine($"browser: {message.Text}");
        page.PageError += (_, problem) => output?.WriteLine($"page: {problem}");
        page.RequestFailed += (_, request) => output?.WriteLine($"request: {request.Method} {request.Url} {request.Failure}");
        return page;
    }

    private async Task SignInAsync(IPage page, string email = TestPortal.Email)
    {
        await page.GotoAsync($"{Url}/account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator(".desktop").WaitForAsync();
    }

    private static async Task AddPasskeyAsync(IPage page, string name)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await page.GetByText("The passkey is added").WaitForAsync();
    }

    // A finger that is always the right one.
    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
    }
}

using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>The portal stops and starts again under a browser that stays open.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DesktopRestartTests
{
    [Fact]
    public async Task The_desktop_is_as_it_was_when_the_portal_is_there_again()
    {
        var folder = Directory.CreateTempSubdirectory("portal-restart").FullName;
        try
        {
            var portal = await TestPortal.StartAsync(folder: folder);
            Browser? browser = null;
            try
            {
                Assert.True((await portal.Services.GetRequiredService<CreateOperator>().RunAsync(TestPortal.Email, TestPortal.Password, "Example Hosting", TestContext.Current.CancellationToken)).IsDone);
                PortalSeed.Teach(portal.Agent);
                await new PortalSeed(portal.Services).RunAsync();
                var url = portal.Url.ToString().TrimEnd('/');
                browser = await Browser.StartAsync(portal);
                var page = await browser.SignedInAsync();
                await page.Locator(".explorer").GetByText("books.sites.example.com", new() { Exact = true }).DblClickAsync();
                await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("books.sites.example.com");
                await Assertions.Expect(page.Locator(".tab.preview")).ToHaveCountAsync(0);
                await page.Keyboard.PressAsync("Control+j");
                await Assertions.Expect(page.Locator(".dock .inside")).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Link, new() { Name = "Add server" }).First.ClickAsync();
                await page.GetByLabel("Name", new() { Exact = true }).FillAsync("typed-before-the-restart");
                await Assertions.Expect(page.Locator(".tab")).ToHaveCountAsync(3);
                await page.EvaluateAsync("() => { window.before = true; }");

                await portal.DisposeAsync();
                await Assertions.Expect(page.Locator(".reconnect")).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
                await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("typed-before-the-restart");
                await Assertions.Expect(page.Locator(".connection.off")).ToBeVisibleAsync();

                portal = await TestPortal.StartAsync(url: url, folder: folder);
                PortalSeed.Teach(portal.Agent);
                await page.WaitForFunctionAsync("() => !window.before");
                await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("typed-before-the-restart");
                await Assertions.Expect(page.Locator(".reconnect")).ToBeHiddenAsync();
                await Assertions.Expect(page.Locator(".tab")).ToHaveCountAsync(3);
                await Assertions.Expect(page.Locator(".tab").Nth(1)).ToContainTextAsync("books.sites.example.com");
                await Assertions.Expect(page.Locator(".dock .inside")).ToBeVisibleAsync();
            }
            finally
            {
                if (browser is not null)
                    await browser.DisposeAsync();
                await portal.DisposeAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}

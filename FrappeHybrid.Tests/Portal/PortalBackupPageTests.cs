using System.IO.Compression;
using System.Net;
using Bunit;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The operator's page of the portal's own backups, and the address from which one is downloaded.</summary>
public sealed class PortalBackupPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingYet_SaysWhatToDo_AndTheOneThatIsMadeIsListed()
    {
        await using var page = await PageContext.StartAsync();
        TestRing.Open(page.Core);
        var shown = page.Render<PortalBackup>();
        shown.WaitForAssertion(() => Assert.Contains("No backup yet", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(Path.Combine(page.Core.Folder, "portal.key"), shown.Markup, StringComparison.Ordinal);
        Assert.Contains("The key file lies in the data folder", shown.Markup, StringComparison.Ordinal);
        await shown.Find(".empty .button").ClickAsync(new());
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Contains("by hand", shown.Find("li.backup").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll("form"));
        var file = Assert.Single(page.Core.Get<PortalBackupStore>().List());
        Assert.False(file.HasKey);
        Assert.Equal($"/portal/backup/download/{file.Name}", shown.Find("li.backup a").GetAttribute("href"));
    }

    [Fact]
    public async Task WithTheKey_WantsALongPassphraseTwice()
    {
        await using var page = await PageContext.StartAsync();
        TestRing.Open(page.Core);
        var shown = page.Render<PortalBackup>();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".button.primary")), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        await shown.Find("form input[type=checkbox]").ChangeAsync(new() { Value = true });
        var go = () => shown.Find("form button[type=submit]").HasAttribute("disabled");
        Assert.True(go());
        shown.Find("#passphrase").Input("too short");
        shown.Find("#passphrase-again").Input("too short");
        Assert.True(go());
        shown.Find("#passphrase").Input("a passphrase of some length");
        Assert.True(go());
        Assert.Contains("The two are not the same", shown.Markup, StringComparison.Ordinal);
        shown.Find("#passphrase-again").Input("a passphrase of some length");
        Assert.False(go());
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Contains("with the key", shown.Find("li.backup").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.True(Assert.Single(page.Core.Get<PortalBackupStore>().List()).HasKey);
        Assert.DoesNotContain("a passphrase of some length", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_IsForWhoRunsThePortalAndKeptByNoCache()
    {
        await using var portal = await TestPortal.StartAsync();
        var made = await portal.Services.GetRequiredService<CreatePortalBackup>().RunAsync(TestCore.StaffOf(StaffRole.Operator), null, Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        var address = new Uri($"/portal/backup/download/{made.Value.Name}", UriKind.Relative);
        using (var stranger = portal.Browser())
        using (var lead = await stranger.GetAsync(address, Cancel))
            Assert.Equal(HttpStatusCode.Found, lead.StatusCode);

        using var browser = await portal.SignedInAsync();
        using var answer = await browser.GetAsync(address, Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/zip", made.Value.Bytes), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentLength));
        Assert.Equal(("attachment", made.Value.Name, true), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName, answer.Headers.CacheControl?.NoStore));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.NotNull(zip.GetEntry("portal.db"));

        foreach (var name in new[] { "portal.key", "..%2Fportal.key", "..%2F..%2Fetc%2Fpasswd", "portal-20261121-200000000-manual.zip" })
        {
            using var none = await browser.GetAsync(new Uri($"/portal/backup/download/{name}", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    [Fact]
    public async Task Download_ToSomebodyWhoDoesNotRunThePortal_IsClosed()
    {
        await using var portal = await TestPortal.StartAsync();
        var made = await portal.Services.GetRequiredService<CreatePortalBackup>().RunAsync(TestCore.StaffOf(StaffRole.Operator), null, Cancel);
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<PortalUser>>();
            var user = (await users.FindByEmailAsync(TestPortal.Email))!;
            user.Staff = StaffRole.Support;
            await users.UpdateAsync(user);
        }

        using var browser = await portal.SignedInAsync();
        foreach (var address in new[] { "/portal/backup", $"/portal/backup/download/{made.Value.Name}" })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.StartsWith("/account/denied", new Uri(portal.Url, answer.Headers.Location!).AbsolutePath, StringComparison.Ordinal);
        }
    }
}

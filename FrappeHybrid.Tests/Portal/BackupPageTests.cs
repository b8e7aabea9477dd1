using System.Net;
using Bunit;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The page of a site's backups, and the two addresses through which their files pass.</summary>
public sealed class BackupPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingYet_SaysWhatToDo()
    {
        await using var page = await PageContext.StartAsync();
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));
        var shown = page.Render<SiteBackups>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("No backup yet", shown.Markup, StringComparison.Ordinal), Patience);
        shown.Find(".empty .button").Click();
        shown.WaitForAssertion(() => Assert.Contains("Copy database and files", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task ByRole_OffersOnlyWhatIsAllowed(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));
        await page.Core.AddBackupAsync(site);
        var shown = page.Render<SiteBackups>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("UTC", shown.Find(".when").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Asia/Kolkata", shown.Find(".when").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal(isOffered, shown.Markup.Contains("Back up now", StringComparison.Ordinal));
        Assert.Equal(isOffered, shown.Markup.Contains("Upload a backup", StringComparison.Ordinal));

        // The checksums are told when they are asked for, to everybody who may look; the file itself is not.
        shown.Find(".line button").Click();
        Assert.Contains(new string('a', 64), shown.Markup, StringComparison.Ordinal);
        Assert.Equal(isOffered, shown.FindAll("[aria-label^='Download ']").Count > 0);

        // The only backup is the newest.
        if (isOffered)
            Assert.True(shown.FindAll(".line button").Single(button => button.TextContent == "Delete").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Files_ToAnybodyElse_AreClosed()
    {
        await using var portal = await TestPortal.StartAsync();
        using var stranger = portal.Browser();
        using var lead = await stranger.GetAsync(new Uri($"/backups/download/{new string('a', 64)}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Found, lead.StatusCode);
        using var put = await stranger.PutAsync(new Uri($"/sites/{Guid.CreateVersion7()}/uploads/{Guid.CreateVersion7()}/Database", UriKind.Relative), new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.Found, put.StatusCode);

        using var browser = await portal.SignedInAsync();
        using var unknown = await browser.GetAsync(new Uri($"/backups/download/{new string('a', 64)}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var forged = await browser.PutAsync(new Uri($"/sites/{Guid.CreateVersion7()}/uploads/{Guid.CreateVersion7()}/Database", UriKind.Relative), new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }
}

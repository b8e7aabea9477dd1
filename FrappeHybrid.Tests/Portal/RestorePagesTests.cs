using Bunit;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Restore, clone, danger zone and trash in each state, and by role.</summary>
public sealed class RestorePagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_without_a_backup_says_what_to_do_first()
    {
        await using var page = await PageContext.StartAsync();
        var site = await SiteAsync(page);
        var shown = page.Render<SiteRestore>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Equal($"/sites/{site.Id}/backups", shown.Find(".empty a").GetAttribute("href")), Patience);
    }

    [Fact]
    public async Task Restore_into_a_new_site_orders_the_job_and_goes_to_the_new_sites_page()
    {
        await using var page = await PageContext.StartAsync();
        var site = await SiteAsync(page);
        await AddBackupAsync(page, site);
        var shown = page.Render<SiteRestore>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll("#backup option")), Patience);
        shown.FindAll("input[type=radio]")[1].Change("on");
        shown.Find("#name").Input("second.example.com");
        await shown.Find("form").SubmitAsync();
        await using var db = await page.Core.DbAsync();
        var made = await db.Sites.SingleAsync(each => each.Name == SiteName.Parse("second.example.com"), Cancel);
        Assert.Equal(SiteState.Installing, made.State);
        Assert.Equal("restore-new-site", await db.Jobs.Where(job => job.SiteId == made.Id).Select(job => job.Type).SingleAsync(Cancel));
    }

    [Theory]
    [InlineData(TeamRole.Owner, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Danger_zone_offers_only_what_is_allowed(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var site = await SiteAsync(page);
        var shown = page.Render<SiteDanger>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Equal(isOffered ? 2 : 0, shown.FindAll("form").Count), Patience);
        Assert.Equal(isOffered, shown.Markup.Contains("Drop site", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_site_that_has_just_been_dropped_can_be_brought_back_with_one_click()
    {
        await using var page = await PageContext.StartAsync();
        var site = await TrashedAsync(page);
        var shown = page.Render<SiteDanger>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("Undo", shown.Find(".button.primary").TextContent, StringComparison.Ordinal), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        await using var db = await page.Core.DbAsync();
        Assert.Equal(SiteState.Working, (await db.Sites.SingleAsync(Cancel)).State);
        Assert.Equal("untrash-site", (await db.Jobs.SingleAsync(Cancel)).Type);
    }

    [Fact]
    public async Task Trash_says_until_when_and_asks_for_another_name_when_the_old_one_is_taken()
    {
        await using var page = await PageContext.StartAsync();
        var site = await TrashedAsync(page);
        await using var db = await page.Core.DbAsync();
        var bench = await db.Benches.SingleAsync(Cancel);
        await page.Core.AddSiteAsync(bench);
        var shown = page.Render<Trash>();
        shown.WaitForAssertion(() => Assert.Contains("in 7 days", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.Find("[aria-label^='Bring back']").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.NotNull(shown.Find($"#name-{site.Id}")), Patience);
        shown.Find($"#name-{site.Id}").Input("other.example.com");
        await shown.Find("form").SubmitAsync();
        await using var after = await page.Core.DbAsync();
        Assert.Equal("other.example.com", (await after.Sites.SingleAsync(each => each.Id == site.Id, Cancel)).Name.Value);
    }

    [Fact]
    public async Task Trash_is_empty_with_a_sentence_and_shows_nobody_elses_sites()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None);
        await TrashedAsync(page);
        var shown = page.Render<Trash>();
        shown.WaitForAssertion(() => Assert.Contains("The trash is empty", shown.Markup, StringComparison.Ordinal), Patience);
    }

    private static async Task<Site> SiteAsync(PageContext page) => await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));

    private static async Task<Site> TrashedAsync(PageContext page)
    {
        var id = (await SiteAsync(page)).Id;
        await using var db = await page.Core.DbAsync();
        var site = await db.Sites.SingleAsync(each => each.Id == id, Cancel);
        site.Become(SiteState.Working, null);
        site.Become(SiteState.Trashed, null);
        site.Trash = new TrashedSite { Archive = Guid.CreateVersion7(), Name = site.Name, At = page.Core.Time.GetUtcNow(), Until = page.Core.Time.GetUtcNow() + TrashedSite.Life, CanComeBack = true };
        await db.SaveChangesAsync(Cancel);
        return site;
    }

    private static async Task AddBackupAsync(PageContext page, Site site)
    {
        await using var db = await page.Core.DbAsync();
        var record = new BackupRecord(
            NewId.At(page.Core.Time), BenchName.Parse("main"), site.Name, BackupKind.Manual, page.Core.Time.GetUtcNow(), "Asia/Kolkata", "15.50.0", 1000,
            [new BackupFile(BackupFileKind.Database, "a-database.sql.gz", 100, new string('0', 64))], Guid.CreateVersion7());
        db.Backups.Add(Backup.Of(record, site.TeamId, site.ServerId, site.Id));
        await db.SaveChangesAsync(Cancel);
    }
}

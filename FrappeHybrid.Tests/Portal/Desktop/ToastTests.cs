using Bunit;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class ToastTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dropped_site_can_be_brought_back_once_it_is_gone()
    {
        await using var page = await PageContext.StartAsync();
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));
        var dropped = await page.Core.Get<DropSite>().RunAsync(page.Core.Owner, site.Id, "shop.example.com", false, Cancel);
        Assert.True(dropped.IsDone, dropped.Error?.Message);
        var toasts = page.Services.GetRequiredService<Toasts>();
        var shown = page.Render<ToastList>();
        await shown.InvokeAsync(() => toasts.Follow(dropped.Value, "Drop shop.example.com", $"/jobs/{dropped.Value}", site.Id));
        shown.WaitForAssertion(() => Assert.Equal($"/jobs/{dropped.Value}", shown.Find(".toast a").GetAttribute("href")), Patience);
        Assert.DoesNotContain("Undo", shown.Markup, StringComparison.Ordinal);

        await using (var db = await page.Core.DbAsync())
        {
            var job = await db.Jobs.SingleAsync(each => each.Id == dropped.Value, Cancel);
            job.Become(RunState.Pending);
            job.Become(RunState.Running);
            job.Become(RunState.Success);
            var stored = await db.Sites.SingleAsync(each => each.Id == site.Id, Cancel);
            var now = page.Core.Time.GetUtcNow();
            stored.Become(SiteState.Trashed, null);
            stored.Trash = new TrashedSite { Archive = NewId.At(page.Core.Time), Name = stored.Name, At = now, Until = now + TrashedSite.Life, CanComeBack = true };
            await db.SaveChangesAsync(Cancel);
        }

        shown.WaitForAssertion(() => Assert.Contains("Drop shop.example.com: done", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Undo").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("Bringing the site back", shown.Markup, StringComparison.Ordinal), Patience);
        await using (var db = await page.Core.DbAsync())
            Assert.Contains("untrash-site", await db.Jobs.Select(job => job.Type).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_failed_says_why_and_stays_until_it_is_closed()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<ToastList>();
        await shown.InvokeAsync(() => page.Services.GetRequiredService<Toasts>().Fail("Restart: main", new Error("bench-not-active", "The bench main is broken.", "Open the bench.")));
        shown.WaitForAssertion(() => Assert.Contains("The bench main is broken. Open the bench.", shown.Find(".toast").TextContent, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.Find("[aria-label=Close]").ClickAsync(new()));
        Assert.Empty(shown.FindAll(".toast"));
    }
}

using System.Net;
using System.Text;
using Bunit;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The pages of a site's everyday work: what they show, and what they offer to whom.</summary>
public sealed class SiteWorkPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Settings_of_a_site_that_runs_offer_its_switches_and_to_a_viewer_nothing()
    {
        await using var page = await PageContext.StartAsync();
        var site = await SiteAsync(page);
        await page.Core.Get<SiteFactsReader>().RefreshAsync(site.Id, fresh: true, Xunit.TestContext.Current.CancellationToken);
        var shown = page.Render<SiteSettings>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("Turn off", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal($"/sites/{site.Id}/sign-in", shown.Find("form[target=_blank]").GetAttribute("action"));

        await using var other = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var theirs = await SiteAsync(other);
        var seen = other.Render<SiteSettings>(parameters => parameters.Add(each => each.Id, theirs.Id));
        seen.WaitForAssertion(() => Assert.Contains("Scheduler", seen.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(seen.FindAll("section button:not([aria-label]), form"));
    }

    [Fact]
    public async Task Maintenance_that_is_on_is_told_on_every_page_of_the_site()
    {
        await using var page = await PageContext.StartAsync();
        var site = await SiteAsync(page, "shop3.example.com");
        await page.Core.Get<SiteFactsReader>().RefreshAsync(site.Id, fresh: true, Xunit.TestContext.Current.CancellationToken);
        var shown = page.Render<SiteDomains>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("Maintenance is on", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_change_of_the_configuration_is_seen_before_it_is_saved_and_a_secret_is_not()
    {
        await using var page = await PageContext.StartAsync();
        var site = await SiteAsync(page);
        var shown = page.Render<FrappeHybrid.Portal.Components.Pages.SiteConfiguration>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("input[aria-label=mail_password]")), Patience);
        Assert.Empty(shown.FindAll("input[aria-label=db_name], input[aria-label=encryption_key]"));
        shown.Find("input[aria-label=mail_password]").Input("canary-typed");
        shown.Find("input[aria-label=mail_server]").Change("mail.example.net");
        shown.WaitForAssertion(() => Assert.Contains("Save 2 changes", Words(shown), StringComparison.Ordinal), Patience);
        Assert.Contains("mail.example.net", Words(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-typed", shown.Find(".diff").TextContent, StringComparison.Ordinal);
        await shown.InvokeAsync(() => shown.FindAll(".diff button").First(button => button.TextContent.StartsWith("Leave", StringComparison.Ordinal)).Click());
        shown.WaitForAssertion(() => Assert.Contains("Save 1 change", Words(shown), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Apps_of_the_bench_that_the_site_lacks_are_offered()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var site = await page.Core.AddSiteAsync(bench);
        var shown = page.Render<SiteApps>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Equal("erpnext", shown.FindAll("section")[^1].QuerySelector("li .mono")!.TextContent), Patience);
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent == "Uninstall");
    }

    private static string Words(IRenderedComponent<FrappeHybrid.Portal.Components.Pages.SiteConfiguration> shown) =>
        string.Join(' ', shown.Find(".diff").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<Site> SiteAsync(PageContext page, string name = "shop.example.com")
    {
        page.Core.Agent.Before = (request, _) => Task.FromResult(SiteSeed.Answer(request.RequestUri!.AbsolutePath) is { } json
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") }
            : null);
        return await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()), name);
    }
}

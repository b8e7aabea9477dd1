using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The operator's catalogue of releases.</summary>
public sealed class ReleasePageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Catalogue_is_the_operators() =>
        Assert.Equal(nameof(Capability.OperatePortal), Assert.Single(typeof(ReleaseList).GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<AuthorizeAttribute>()).Policy);

    [Fact]
    public async Task Release_that_is_added_is_offered_until_it_is_retired()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<ReleaseList>();
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".release")), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        shown.Find("#release-image").Input("registry.example.com:5000/erpnext:v15.51.0");
        shown.Find("#release-name").Input("ERPNext 15.51.0");
        shown.Find("#release-version").Input("15.51.0");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".release").Count), Patience);
        var added = shown.FindAll(".release").Single(release => release.TextContent.Contains("15.51.0", StringComparison.Ordinal));
        Assert.Contains("Offered", added.TextContent, StringComparison.Ordinal);
        await added.QuerySelectorAll("button").Single(button => button.TextContent == "Retire").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains(shown.FindAll("button"), button => button.TextContent == "Offer again"), Patience);
        await using var db = await page.Core.DbAsync();
        Assert.False((await db.Releases.SingleAsync(release => release.Version == "15.51.0", Cancel)).IsEnabled);
    }

    [Fact]
    public async Task Release_that_cannot_be_is_refused_in_the_form_and_nothing_typed_is_lost()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<ReleaseList>();
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".release")), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        shown.Find("#release-image").Input("not an image; rm -rf /");
        shown.Find("#release-name").Input("Wrong");
        shown.Find("#release-version").Input("1.0.0");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("form .notice")), Patience);
        Assert.Equal("Wrong", shown.Find("#release-name").GetAttribute("value"));
        Assert.Single(shown.FindAll(".release"));
    }

    [Fact]
    public async Task Pull_without_a_server_says_why_it_cannot_be()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<ReleaseList>();
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".release")), Patience);
        Assert.Contains("No sign-in yet", shown.Markup, StringComparison.Ordinal);
        await shown.FindAll("button").Single(button => button.TextContent == "Test pull").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("A pull needs an active server", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Pull_to_a_server_is_ordered_and_its_progress_is_shown()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.AddServerAsync();
        var shown = page.Render<ReleaseList>();
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".release")), Patience);
        await shown.FindAll("button").Single(button => button.TextContent == "Test pull").ClickAsync(new());
        await shown.FindAll("button").Single(button => button.TextContent == "Pull now").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".run")), Patience);
        await using var db = await page.Core.DbAsync();
        Assert.Equal("pull-image", (await db.Jobs.SingleAsync(Cancel)).Type);
    }
}

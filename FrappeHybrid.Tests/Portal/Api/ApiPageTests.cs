using AngleSharp.Dom;
using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>The pages of tokens and of the API's description.</summary>
public sealed class ApiPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Token_is_made_shown_once_listed_and_revoked()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Developer);
        var shown = page.Render<ApiTokens>();
        shown.WaitForAssertion(() => Assert.Contains("No token yet", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        Assert.True(shown.Find("form button[type=submit]").HasAttribute("disabled"));
        shown.Find("#token-name").Input("Nightly");
        var rights = shown.FindAll(".rights .choice").Select(choice => choice.QuerySelector("code")!.TextContent).ToList();
        Assert.Equal(["View", "WatchConsoles", "ViewActivity", "ManageSites", "ManageBenches"], rights);
        shown.FindAll(".rights input")[3].Change(true);
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.StartsWith("fh_", shown.Find(".copy code").TextContent, StringComparison.Ordinal), Patience);
        var value = shown.Find(".copy code").TextContent;
        await using (var db = await page.Core.DbAsync())
        {
            var token = await db.ApiTokens.SingleAsync(TestCore.Cancel);
            Assert.Equal((ApiTokenValue.HashOf(value), "View,ManageSites"), (token.Hash, token.Rights));
        }

        await shown.FindAll("button").Single(button => button.TextContent == "I have it").ClickAsync(new());
        Assert.DoesNotContain(value, shown.Markup, StringComparison.Ordinal);
        Assert.Contains(value[..11], shown.Markup, StringComparison.Ordinal);
        Assert.Single(shown.FindAll(".tokens > li"));
        Assert.Contains(shown.FindAll("button"), button => button.GetAttribute("aria-label") == "Revoke Nightly");
    }

    [Fact]
    public async Task Only_rights_that_are_offered_for_the_place_can_be_chosen()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var server = await page.Core.AddServerAsync();
        await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(server));
        var shown = page.Render<ApiTokens>();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".button.primary")), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        Assert.DoesNotContain("whole portal", shown.Markup, StringComparison.Ordinal);
        Assert.Contains(Rights(shown), right => right == "OwnTeam");
        var site = shown.FindAll("#token-place option").Single(option => option.TextContent.Contains("shop.example.com", StringComparison.Ordinal));
        shown.Find("#token-place").Change(site.GetAttribute("value"));
        Assert.Equal(["View", "ViewActivity", "ManageSites"], Rights(shown));
    }

    [Fact]
    public async Task Pages_answer_in_the_real_portal_and_the_reference_lists_every_endpoint()
    {
        await using var world = await ApiWorld.StartAsync();
        using var browser = await world.Portal.SignedInAsync();
        foreach (var path in new[] { "/api", "/account/tokens" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), ApiWorld.Cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{path} answered {answer.StatusCode}");
        }

        var operations = await world.Get<FrappeHybrid.Portal.Api.ApiReference>().ReadAsync(ApiWorld.Cancel);
        var create = operations.Single(operation => operation is { Method: "POST", Path: "/api/v1/sites" });
        Assert.Equal(["benchId", "name", "administratorPassword", "apps"], create.Body.Select(field => field.Name));
        Assert.Equal([true, true, true, false], create.Body.Select(field => field.IsRequired));
        Assert.Contains("uuid", create.Body[0].Type, StringComparison.Ordinal);
        Assert.Equal("ManageSites", create.Right);
        Assert.Contains(create.Answers, answer => answer.Status == "202" && answer.Members.Any(member => member.Name == "hasEnded"));
    }

    private static List<string> Rights(IRenderedComponent<ApiTokens> shown) => [.. shown.FindAll(".rights .choice code").Select(code => code.TextContent)];
}

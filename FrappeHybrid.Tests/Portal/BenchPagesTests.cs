using System.Net;
using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>A bench's settings and its doctor: what they say, what they offer to whom, and what they say when nobody answers.</summary>
public sealed class BenchPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_limits_that_are_changed_are_ordered_and_their_progress_is_shown()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        var shown = page.Render<BenchSettings>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("[aria-label^='Memory of backend']")), Patience);
        Assert.True(Button(shown, "Apply limits").HasAttribute("disabled"));
        shown.Find("[aria-label^='Memory of backend']").Input("3000");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Contains("Change Bench Limits", shown.Markup, StringComparison.Ordinal), Patience);
        await using var db = await page.Core.DbAsync();
        Assert.Equal("change-bench-limits", (await db.Jobs.SingleAsync(Cancel)).Type);
    }

    [Fact]
    public async Task Settings_to_a_viewer_show_everything_and_change_nothing()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var bench = await BenchAsync(page);
        var shown = page.Render<BenchSettings>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains("S3_BUCKET", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.All(shown.FindAll("input"), input => Assert.True(input.HasAttribute("disabled")));
        Assert.DoesNotContain("Archive", shown.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent is "Change" or "Remove" or "Set variable");
    }

    [Fact]
    public async Task Settings_of_a_bench_with_sites_name_them_instead_of_archiving_it()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        var site = await page.Core.AddSiteAsync(bench);
        var shown = page.Render<BenchSettings>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.NotNull(shown.Find($"a[href='/sites/{site.Id}']")), Patience);
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent == "Archive bench");

        var empty = await page.Core.AddBenchAsync(await page.Core.ServerAsync(bench.ServerId), "empty");
        var other = page.Render<BenchSettings>(parameters => parameters.Add(each => each.Id, empty.Id));
        other.WaitForAssertion(() => Assert.NotNull(Button(other, "Archive bench")), Patience);
        Assert.Contains("No variable of your own", other.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_a_server_that_does_not_answer_say_so_and_can_be_asked_again()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        page.Core.Agent.Before = (_, _) => throw new HttpRequestException("refused");
        var shown = page.Render<BenchSettings>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.NotNull(Button(shown, "Ask again")), Patience);
        Assert.Empty(shown.FindAll("form"));
        PortalSeed.Teach(page.Core.Agent);
        await Button(shown, "Ask again").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("form")), Patience);
    }

    [Theory]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Doctor_offers_the_restart_that_mends_only_to_whom_may_order_it(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var bench = await BenchAsync(page);
        var books = await page.Core.AddSiteAsync(bench, "books.sites.example.com");
        var shown = page.Render<BenchDoctor>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains("5 findings", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal($"/sites/{books.Id}/settings", shown.Find("[aria-label='Site settings of books.sites.example.com']").GetAttribute("href"));
        Assert.Contains("Warm shut down requested", shown.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.Equal(isOffered, shown.FindAll("button").Any(button => button.TextContent == "Restart queue-long"));
        if (!isOffered)
            return;
        await Button(shown, "Restart queue-long").ClickAsync(new());
        await using var db = await page.Core.DbAsync();
        Assert.Equal("restart-bench", (await db.Jobs.SingleAsync(Cancel)).Type);
    }

    [Fact]
    public async Task Doctor_of_a_bench_that_is_well_says_so_and_of_one_that_is_not_there_where_to_look()
    {
        await using var page = await PageContext.StartAsync();
        var server = await page.Core.AddServerAsync();
        PortalSeed.Teach(page.Core.Agent);
        var well = await page.Core.AddBenchAsync(server, "trial");
        var shown = page.Render<BenchDoctor>(parameters => parameters.Add(each => each.Id, well.Id));
        shown.WaitForAssertion(() => Assert.Contains("All is well", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll(".findings li"));

        var broken = await page.Core.AddBenchAsync(server, "legacy", BenchState.Broken);
        var other = page.Render<BenchDoctor>(parameters => parameters.Add(each => each.Id, broken.Id));
        other.WaitForAssertion(() => Assert.Equal($"/benches/{broken.Id}", other.Find(".empty a").GetAttribute("href")), Patience);
    }

    [Fact]
    public async Task Doctor_that_the_agent_cannot_ask_says_why()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await BenchAsync(page);
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.Conflict, "bench-not-running", "The bench does not run."));
        var shown = page.Render<BenchDoctor>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Equal("The bench does not run.", shown.Find(".notice .what").TextContent), Patience);
        Assert.False(Button(shown, "Look again").HasAttribute("disabled"));
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> shown, string text)
        where T : Microsoft.AspNetCore.Components.IComponent => shown.FindAll("button").Single(button => button.TextContent == text);

    private static async Task<Bench> BenchAsync(PageContext page)
    {
        PortalSeed.Teach(page.Core.Agent);
        return await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
    }
}

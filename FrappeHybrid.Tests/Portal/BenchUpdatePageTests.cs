using Bunit;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The page on which all sites of a bench are updated.</summary>
public sealed class BenchUpdatePageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task A_release_without_a_bench_is_offered_with_a_name_for_the_new_one(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        await page.Core.AddSiteAsync(bench);
        await using (var db = await page.Core.DbAsync())
        {
            db.Add(new Release { Id = NewId.At(page.Core.Time), Name = "ERPNext 15.60", Version = "15.60.0", Image = ImageReference.Parse("frappe/erpnext:v15.60.0"), Apps = ["frappe", "erpnext"], CreatedAt = page.Core.Time.GetUtcNow() });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var shown = page.Render<BenchUpdatePage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains("ERPNext 15.60", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(isOffered, shown.FindAll(".new-bench").Count == 1);
        if (!isOffered)
            return;

        Assert.Equal("main-15-60-0", shown.Find(".new-bench input").GetAttribute("value"));
        shown.Find(".new-bench input").Input("No name");
        Assert.True(shown.Find(".new-bench button").HasAttribute("disabled"));
        shown.Find(".new-bench input").Input("next");
        shown.Find(".new-bench").Submit();
        shown.WaitForAssertion(() => Assert.Contains("Waits until the bench next is ready.", shown.Markup, StringComparison.Ordinal), Patience);
    }
}

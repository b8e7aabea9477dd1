using Bunit;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The pages of consoles: which consoles stand on them, from their address alone.</summary>
public sealed class ConsolePageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("backend", null, "service:main:backend")]
    [InlineData(null, null, "bench:main")]
    [InlineData("backend", "service:main:frontend,nonsense,agent,service:main:frontend", "service:main:backend service:main:frontend agent")]
    [InlineData("backend", "agent,nginx-error,nginx-access,bench:main", "service:main:backend agent nginx-error nginx-access")]
    public async Task BenchConsole_ItsAddress_SaysWhatStandsBesideIt(string? service, string? beside, string expected)
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/benches/{bench.Id}/console/{service}{(beside is null ? "" : $"?beside={beside}")}");
        var shown = page.Render<BenchConsole>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, service));
        shown.WaitForAssertion(() => Assert.Equal(expected, string.Join(' ', shown.FindComponents<ConsoleView>().Select(each => each.Instance.Source))), Patience);
        Assert.Equal(9, shown.FindAll("nav.segments a").Count);
    }

    [Fact]
    public async Task BenchConsole_Viewer_FindsNothing()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<BenchConsole>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, "backend"));
        shown.WaitForAssertion(() => Assert.Contains("There is nothing here", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindComponents<ConsoleView>());
    }

    [Theory]
    [InlineData("nginx-access", true)]
    [InlineData("service:main:backend", true)]
    [InlineData("service:nosuch:backend", false)]
    [InlineData("nonsense", false)]
    public async Task ServerConsole_Source_IsShownWhenItIsThere(string source, bool isThere)
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<ServerConsole>(parameters => parameters.Add(each => each.Id, bench.ServerId).Add(each => each.SourceName, source));
        shown.WaitForAssertion(() => Assert.Equal(isThere ? 1 : 0, shown.FindComponents<ConsoleView>().Count), Patience);
        shown.WaitForAssertion(() => Assert.Equal(!isThere, shown.Markup.Contains("There is nothing here", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public async Task ConsoleGrid_KeepInDock_KeepsTheSource()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<BenchConsole>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, "frontend"));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("button.tool")), Patience);
        await shown.InvokeAsync(() => shown.Find("button.tool").ClickAsync(new()));
        Assert.Equal(new DockConsole(bench.ServerId, "service:main:frontend"), Assert.Single(page.Services.GetRequiredService<Workspace>().Consoles));
    }

    [Fact]
    public void ConsoleGrid_Query_TakesThreeMore()
    {
        string? beside = null;
        foreach (var name in (string[])["agent", "nginx-access", "nginx-error"])
            beside = ConsoleGrid.With(beside, Of(name));
        Assert.Equal("agent,nginx-access,nginx-error", beside);
        Assert.Null(ConsoleGrid.With(beside, Of("bench:main")));
        Assert.Null(ConsoleGrid.With("agent", Of("agent")));

        static ConsoleSource Of(string name) => ConsoleSource.TryParse(name, out var source) ? source : throw new ArgumentException("Not a source.", nameof(name));
    }
}

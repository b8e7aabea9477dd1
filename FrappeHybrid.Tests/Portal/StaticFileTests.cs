using System.Net;
using FrappeHybrid.Portal;
using FrappeHybrid.Portal.Startup;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class StaticFileTests
{
    [Fact]
    public async Task Files_ThatAPageLoads_AreThereAndNotEmpty()
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();
        var html = await browser.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        var files = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"(?<file>[^\"#]+\\.(?:js|css|svg))\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["file"].Value)
            .Concat(["lib/xterm/xterm.mjs", "lib/xterm/addon-fit.mjs", "lib/xterm/addon-search.mjs", "lib/fonts/inter-latin-wght-normal.woff2", "Components/Controls/ConsoleView.razor.js", "js/console/view.js", "js/console/text.js", "Components/Controls/RunProgress.razor.js", "Components/Layout/DesktopLayout.razor.js", "Account/Enter.razor.js"])
            .ToList();
        Assert.True(files.Count > 15, "the page names its files");
        foreach (var file in files)
        {
            using var answer = await browser.GetAsync(new Uri(file, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.OK && (await answer.Content.ReadAsByteArrayAsync(Xunit.TestContext.Current.CancellationToken)).Length > 0, $"{file}: {answer.StatusCode}");
        }
    }

    [Fact]
    public void Build_DataFolderThatCannotBe_SaysWhatToChange()
    {
        var file = Path.GetTempFileName();
        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:DataFolder={file}/below"]));
        Assert.Contains("Portal:DataFolder", problem.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Build_PortThatCannotBe_SaysWhatToChange()
    {
        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build(["--Portal:SitePort=70000"]));
        Assert.Contains("Portal:SitePort", problem.Message, StringComparison.Ordinal);
    }
}

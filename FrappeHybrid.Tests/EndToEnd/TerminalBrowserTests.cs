using System.Text.RegularExpressions;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>A person at a terminal: a real browser, nginx with TLS as documented, the portal, a real Agent, a shell in a real bench; then the recording of it.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "EndToEnd")]
public sealed partial class TerminalBrowserTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shell_behind_nginx_does_what_a_terminal_does_and_can_be_played_back()
    {
        var (server, name) = await fixture.BenchAsync();
        await using var portal = await TestPortal.StartAsync(configure: builder => builder.Services.AddSingleton<IAgentConnection>(new Way(server)));
        var bench = await AddBenchAsync(portal, name);
        await using var front = await NginxFront.StartAsync(portal.Url);
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, Permissions = ["clipboard-read", "clipboard-write"], ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        Assertions.SetDefaultExpectTimeout(120_000);
        List<string> faults = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                faults.Add(message.Text);
        };
        page.PageError += (_, error) => faults.Add(error);

        await GoAsync(page, new Uri(front.Url, "account/sign-in"));
        await page.GetByLabel("E-mail").FillAsync(TestPortal.Email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await GoAsync(page, new Uri(front.Url, $"benches/{bench}/terminal/backend"));
        await page.GetByLabel("What for").FillAsync("A look at the folder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open terminal" }).ClickAsync();
        await LiveAsync(page);

        // As frappe in the bench's folder; characters of several bytes.
        await RunAsync(page, "echo \"=$(id -un)=$PWD=grün-$((6*7))=😀=\"");
        await SeesAsync(page, "=frappe=/home/frappe/frappe-bench=grün-42=😀=");

        // Ctrl+C is the program's, and so are keys that are the desktop's elsewhere.
        await RunAsync(page, "sleep 1000");
        await page.Keyboard.PressAsync("Control+c");
        await RunAsync(page, "echo back=$?");
        await SeesAsync(page, "back=130");
        await page.Keyboard.TypeAsync("nothing of this");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Control+k");
        await RunAsync(page, "echo still-here");
        await SeesAsync(page, "still-here");
        Assert.Equal(0, await page.GetByText("command not found").CountAsync());

        // The window's size is the shell's.
        await RunAsync(page, "clear; stty size");
        var wide = await SizeAsync(page);
        await page.SetViewportSizeAsync(1000, 700);
        string narrow;
        do
        {
            await RunAsync(page, "clear; stty size");
            narrow = await SizeAsync(page);
        }
        while (narrow == wide);

        await PasteAsync(page);
        await HostileAsync(page);

        // Loading the page again finds the shell, with what it said.
        await RunAsync(page, "clear; marker=kept; echo before-the-reload");
        await SeesAsync(page, "before-the-reload");
        await page.ReloadAsync();
        await LiveAsync(page);
        await SeesAsync(page, "before-the-reload");
        await RunAsync(page, "echo $marker-after");
        await SeesAsync(page, "kept-after");

        await page.GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".terminal .state")).ToContainTextAsync("Ended by its person");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the recording" }).ClickAsync();
        await Assertions.Expect(page.Locator(".player .xterm-rows")).ToContainTextAsync("frappe", new() { Timeout = 120_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByLabel("Place in the recording").PressAsync("End");
        await Assertions.Expect(page.Locator(".player .xterm-rows")).ToContainTextAsync("kept-after");

        // What was hostile in the shell is in the recording as well.
        Assert.DoesNotContain("owned", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("untouched", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(0, await page.Locator(".xterm-rows a, .xterm-rows img").CountAsync());
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.owned"));
        await page.GetByLabel("Place in the recording").PressAsync("Home");
        await Assertions.Expect(page.Locator(".player .xterm-rows")).Not.ToContainTextAsync("kept-after");
        await page.GetByLabel("Speed").SelectOptionAsync("8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".player .xterm-rows")).ToContainTextAsync("kept-after", new() { Timeout = 240_000 });

        await GoAsync(page, new Uri(front.Url, $"benches/{bench}/activity"));
        await page.GetByText($"Opened a terminal in backend of bench {name}").First.WaitForAsync();
        await page.GetByText($"Terminal in backend of bench {name} ended: ended by its person").First.WaitForAsync();
        Assert.Empty(faults);
    }

    // One line is put in; several are shown and asked for first, and what would break out of them is gone.
    private static async Task PasteAsync(IPage page)
    {
        await page.EvaluateAsync("navigator.clipboard.writeText('echo one-line')");
        await FocusAsync(page);
        await page.Keyboard.PressAsync("Control+Shift+V");
        await page.Keyboard.PressAsync("Enter");
        await SeesAsync(page, "\none-line");

        await page.EvaluateAsync("navigator.clipboard.writeText('echo not-this\\u001b[201~\\necho nor-that\\n')");
        await page.Keyboard.PressAsync("Shift+Insert");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Paste 2 lines?");
        await Assertions.Expect(dialog).ToContainTextAsync("echo not-this[201~");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await RunAsync(page, "echo after-cancel");
        await SeesAsync(page, "\nafter-cancel");
        Assert.DoesNotContain("not-this", await TextAsync(page), StringComparison.Ordinal);

        await page.EvaluateAsync("navigator.clipboard.writeText('echo first\\necho second\\n')");
        await FocusAsync(page);
        await page.Keyboard.PressAsync("Control+Shift+V");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Paste" }).ClickAsync();
        await page.Keyboard.PressAsync("Enter");
        await SeesAsync(page, "\nfirst");
        await SeesAsync(page, "\nsecond");
    }

    // What a shell prints is as hostile as a log.
    private static async Task HostileAsync(IPage page)
    {
        var title = await page.TitleAsync();
        await page.EvaluateAsync("navigator.clipboard.writeText('untouched')");
        await FocusAsync(page);
        await RunAsync(page, @"clear; printf '\033]0;owned\007\033]2;owned\033\\\033]52;c;b3duZWQ=\007\033]8;;javascript:window.owned=1\033\\press-me\033]8;;\033\\ <img src=x onerror=window.owned=2>\n'; echo hostile-end");
        await SeesAsync(page, "\nhostile-end");
        Assert.Equal(title, await page.TitleAsync());
        Assert.Equal("untouched", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(0, await page.Locator(".xterm-rows a, .xterm-rows img").CountAsync());
        await page.Locator(".xterm-rows").GetByText("press-me").Last.ClickAsync(new() { Force = true });
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.owned"));
    }

    private static async Task<Guid> AddBenchAsync(TestPortal portal, BenchName name)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var team = await db.Teams.Select(each => each.Id).SingleAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var release = await db.Releases.Select(each => each.Id).FirstAsync(Cancel);
        var machine = new Server { Id = NewId.At(TimeProvider.System), TeamId = team, Name = "Production", Address = "127.0.0.1", CreatedAt = now, SshPublicKey = "ssh-ed25519 AAAA", SshPrivateKeyProtected = "-", AgentFingerprint = "AB" };
        machine.Become(ServerState.Installing, null);
        machine.Become(ServerState.Active, null);
        var bench = new Bench { Id = NewId.At(TimeProvider.System), TeamId = team, ServerId = machine.Id, ReleaseId = release, Name = name, CreatedAt = now };
        bench.Become(BenchState.Active, null);
        db.AddRange(machine, bench);
        await db.SaveChangesAsync(Cancel);
        return bench.Id;
    }

    // A network of Docker's that comes or goes interrupts a navigation.
    private static async Task GoAsync(IPage page, Uri address)
    {
        while (true)
        {
            try
            {
                await page.GotoAsync(address.ToString());
                return;
            }
            catch (PlaywrightException exception) when (exception.Message.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task LiveAsync(IPage page)
    {
        await page.Locator(".terminal [data-word]").GetByText("Live").WaitForAsync();
        await FocusAsync(page);
    }

    private static Task FocusAsync(IPage page) => page.Locator(".terminal .xterm-helper-textarea").FocusAsync();

    private static async Task RunAsync(IPage page, string command)
    {
        await page.Keyboard.TypeAsync(command);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task<string> TextAsync(IPage page) => string.Join('\n', await page.Locator(".terminal .xterm-rows > div").AllInnerTextsAsync()).Replace('\u00a0', ' ');

    private static async Task SeesAsync(IPage page, string wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!("\n" + await TextAsync(page)).Contains(wanted, StringComparison.Ordinal))
        {
            Assert.False(limit.IsCancellationRequested, $"\"{wanted}\" did not come:\n{await TextAsync(page)}");
            await page.WaitForTimeoutAsync(50);
        }
    }

    private static async Task<string> SizeAsync(IPage page)
    {
        string text;
        do
        {
            await page.WaitForTimeoutAsync(50);
            Cancel.ThrowIfCancellationRequested();
            text = await TextAsync(page);
        }
        while (!Size().IsMatch(text));
        return Size().Match(text).Value.Trim();
    }

    [GeneratedRegex(@"^\d+ \d+\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Size();

    private sealed class Way(AgentServer server) : IAgentConnection
    {
        public HttpClient For(Server ignored) => server.Client;
    }
}

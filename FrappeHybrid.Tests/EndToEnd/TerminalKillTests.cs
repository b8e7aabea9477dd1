using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>A portal that is killed while somebody sits at a terminal: nothing of the shell goes on, and what was done is in the record.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "EndToEnd")]
public sealed class TerminalKillTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shell_of_a_portal_that_was_killed_is_gone_and_its_recording_is_there()
    {
        var (agent, name) = await fixture.BenchAsync();
        await using var network = Network.To(agent.Port);
        var folder = Directory.CreateTempSubdirectory("terminal-kill-");
        var bench = await PrepareAsync(folder.FullName, agent, name);
        await using (var portal = new PortalProcess([], folder.FullName))
        {
            await portal.StartAsync(Cancel);
            using var driver = await Playwright.CreateAsync();
            await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
            var page = await browser.NewPageAsync();
            page.SetDefaultTimeout(120_000);
            Assertions.SetDefaultExpectTimeout(120_000);
            await OpenAsync(page, portal.Url, bench);
            await page.Keyboard.TypeAsync("echo before-the-kill; nohup sleep 86431 & sleep 86432");
            await page.Keyboard.PressAsync("Enter");
            await UntilAsync(name, processes => processes.Contains("86431", StringComparison.Ordinal) && processes.Contains("86432", StringComparison.Ordinal));

            // What is printed is in the file a second later.
            await UntilAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(folder.FullName, "terminals")).Any(file => File.ReadAllText(file).Contains(@"before-the-kill\r\n", StringComparison.Ordinal))));

            await portal.KillAsync();
            await UntilAsync(name, processes => !processes.Contains("8643", StringComparison.Ordinal));
            await portal.StartAsync(Cancel);

            // The page comes back by itself and says what has become of the terminal.
            await Assertions.Expect(page.Locator("form.start .notice")).ToContainTextAsync("Your last terminal here is over: Ended because the portal was ended");

            await page.GotoAsync(new Uri(portal.Url, $"benches/{bench}/terminals").ToString());
            await page.GetByText("Interrupted").First.WaitForAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Play the terminal" }).First.ClickAsync();
            await Assertions.Expect(page.Locator(".player .xterm-rows")).ToContainTextAsync("before-the-kill");
            await page.GotoAsync(new Uri(portal.Url, $"benches/{bench}/activity").ToString());
            await page.GetByText($"Terminal in backend of bench {name} ended: ended because the portal was ended").First.WaitForAsync();
        }

        folder.Delete(recursive: true);
    }

    // The portal's data as it is after a bench was made: its Agent and it know each other.
    private static async Task<Guid> PrepareAsync(string folder, AgentServer agent, BenchName name)
    {
        await using var portal = await TestPortal.StartAsync(folder: folder, configure: builder => builder.Services.AddSingleton<IAgentConnection, AgentConnection>());
        Assert.True((await portal.Services.GetRequiredService<CreateOperator>().RunAsync(TestPortal.Email, TestPortal.Password, "Example Hosting", Cancel)).IsDone);
        await agent.TrustAsync(portal.Services.GetRequiredService<PortalCertificate>().Fingerprint);
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var team = await db.Teams.Select(each => each.Id).SingleAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var server = new Server { Id = NewId.At(TimeProvider.System), TeamId = team, Name = "Production", Address = Network.Address, CreatedAt = now, SshPublicKey = "ssh-ed25519 AAAA", SshPrivateKeyProtected = "-", AgentFingerprint = agent.Fingerprint };
        server.Become(ServerState.Installing, null);
        server.Become(ServerState.Active, null);
        var bench = new Bench { Id = NewId.At(TimeProvider.System), TeamId = team, ServerId = server.Id, ReleaseId = await db.Releases.Select(each => each.Id).FirstAsync(Cancel), Name = name, CreatedAt = now };
        bench.Become(BenchState.Active, null);
        db.AddRange(server, bench);
        await db.SaveChangesAsync(Cancel);
        await UntilAsync(async () =>
        {
            try
            {
                return (await portal.Services.GetRequiredService<AgentClient>().VersionAsync(server, Cancel)).Version.Length > 0;
            }
            catch (AgentException)
            {
                return false; // the Agent has not read its settings again yet
            }
        });
        return bench.Id;
    }

    private static async Task OpenAsync(IPage page, Uri portal, Guid bench)
    {
        await page.GotoAsync(new Uri(portal, "account/sign-in").ToString());
        await page.GetByLabel("E-mail").FillAsync(TestPortal.Email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator(".desktop").WaitForAsync();
        await page.GotoAsync(new Uri(portal, $"benches/{bench}/terminal/backend").ToString());
        await page.GetByLabel("What for").FillAsync("A look at the folder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open terminal" }).ClickAsync();
        await page.Locator(".terminal [data-word]").GetByText("Live").WaitForAsync();
        await page.Locator(".terminal .xterm-helper-textarea").FocusAsync();
    }

    private static Task UntilAsync(BenchName bench, Func<string, bool> wanted) => UntilAsync(async () => wanted(await Shell.RunAsync("docker", "top", $"{bench}-backend", "-eo", "pid,args")));

    private static async Task UntilAsync(Func<Task<bool>> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await wanted())
            await Task.Delay(100, limit.Token);
    }
}

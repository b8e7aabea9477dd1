using System.Diagnostics;
using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Lab;

namespace FrappeHybrid.Tests.Demo;

/// <summary>./demo: the main job through the portal's own acts, on a real server of the lab.</summary>
internal sealed class DemoRun(bool once)
{
    private const int PortalPort = 5080;
    private const int SitePort = 8080;
    private const string SiteName = "shop.localhost";

    private readonly DemoTerminal terminal = new(TimeProvider.System);
    private readonly DemoFigures figures = new();
    private readonly string administratorPassword = DemoPortal.NewPassword();

    /// <summary>0 when everything that the demo promises holds.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Except(["--once"]).Any())
        {
            await Console.Error.WriteLineAsync("usage: ./demo [--once]");
            return 2;
        }

        using var end = new CancellationTokenSource();
        // "./demo" ends by Ctrl+C or by a plain kill; both clean up.
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, context => Stop(context, end));
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context => Stop(context, end));
        var folder = Directory.CreateTempSubdirectory("frappe-hybrid-demo-");
        try
        {
            return await new DemoRun(arguments.Contains("--once")).RunAsync(folder.FullName, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return 130;
        }
        catch (InvalidOperationException problem)
        {
            await Console.Error.WriteLineAsync($"\nThe demo stopped: {problem.Message}");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Stop(System.Runtime.InteropServices.PosixSignalContext context, CancellationTokenSource end)
    {
        context.Cancel = true;
        end.Cancel();
    }

    private async Task<int> RunAsync(string folder, CancellationToken cancel)
    {
        var lab = LabDescription.Read();
        terminal.Say("Starting a bare server and the portal.");
        await using var machine = await LabServer.StartAsync(lab, SitePort, cancel);
        await using var portal = await DemoPortal.StartAsync(lab, folder, PortalPort, SitePort, cancel);
        terminal.Say($"The portal is at {portal.Url} . This link signs you in, once:\n\n    {portal.SignInLink}\n");

        var clock = Stopwatch.StartNew();
        var server = await OnboardAsync(portal, machine, cancel);
        await SetUpAsync(portal, server, cancel);
        var bench = await MakeBenchAsync(portal, server, cancel);
        await MakeSiteAsync(portal, bench, cancel);
        figures.TotalSeconds = Rounded(clock.Elapsed);
        await CheckAsync(portal, machine, server, bench, cancel);

        terminal.Head("Live");
        terminal.Say($"  Portal  {portal.Url}");
        terminal.Say($"  Site    http://{SiteName}:{SitePort}/   (Administrator, {administratorPassword})");
        if (once)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
            return figures.AllHold ? 0 : 1;
        }

        terminal.Say("\nCtrl+C ends it and cleans up.");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return 0;
    }

    private async Task<Guid> OnboardAsync(DemoPortal portal, LabServer machine, CancellationToken cancel)
    {
        terminal.Head("Add the server");
        var team = portal.Actor.TeamIds.Single();
        var server = DemoPortal.Value(await portal.Get<CreateServer>().RunAsync(portal.Actor, team, "demo-server", cancel));
        DemoPortal.Done(await portal.Get<UpdateServerConnection>().RunAsync(portal.Actor, server, new ServerConnection("demo-server", machine.Address, 22, "root", ""), cancel));

        var scan = DemoPortal.Value(await portal.Get<ScanHostKey>().RunAsync(portal.Actor, server, cancel));
        if (scan.Fingerprint != await machine.HostKeyFingerprintAsync())
            throw new InvalidOperationException("The host key is not the server's own.");
        DemoPortal.Done(await portal.Get<ConfirmHostKey>().RunAsync(portal.Actor, server, scan.Fingerprint, cancel));
        terminal.Say($"  ✓ Host key confirmed and pinned: {scan.Fingerprint}");

        var view = await portal.Get<ServerQueries>().FindAsync(portal.Actor, server, cancel);
        await machine.AuthorizeAsync(view!.SshPublicKey);
        DemoPortal.Done(await portal.Get<CheckConnection>().RunAsync(portal.Actor, server, cancel));
        terminal.Say("  ✓ The portal's key signs in");

        terminal.Head("Pre-flight: reads only");
        DemoPortal.Done(await portal.Get<RunPreflight>().RunAsync(portal.Actor, server, cancel));
        var report = await portal.WatchAsync(() => portal.Get<ServerQueries>().PreflightAsync(portal.Actor, server, cancel), each => each.FinishedAt is not null, _ => { }, cancel);
        foreach (var row in report.Rows.OrderBy(row => row.Number))
            terminal.Say($"  {(row.Verdict is PreflightVerdict.Pass ? "✓" : row.Verdict is PreflightVerdict.Warn ? "!" : "✗")} {row.Title,-34} {row.Found}");
        figures.PreflightRows = report.Rows.Count;
        if (!report.MaySetUp)
            throw new InvalidOperationException("The pre-flight found something that would make the set-up fail.");
        return server;
    }

    private async Task SetUpAsync(DemoPortal portal, Guid server, CancellationToken cancel)
    {
        terminal.Head("Play: set up server");
        var play = await EndAsync(portal.PlayAsync(DemoPortal.Value(await portal.Get<SetUpServer>().RunAsync(portal.Actor, server, cancel)), terminal, cancel));
        figures.ProvisionSeconds = Seconds(play);
    }

    private async Task<Guid> MakeBenchAsync(DemoPortal portal, Guid server, CancellationToken cancel)
    {
        terminal.Head("Job: New Bench");
        var oldest = (await portal.Get<ReleaseQueries>().OfferedAsync(cancel))[^1];
        var bench = DemoPortal.Value(await portal.Get<CreateBench>().RunAsync(portal.Actor, server, "main", oldest.Id, cancel));
        var view = await portal.Get<BenchQueries>().FindAsync(portal.Actor, bench, cancel);
        figures.BenchSeconds = Seconds(await EndAsync(portal.JobAsync(view!.LastJobId!.Value, terminal, cancel)));
        return bench;
    }

    private async Task MakeSiteAsync(DemoPortal portal, Guid bench, CancellationToken cancel)
    {
        terminal.Head("Job: New Site");
        var site = DemoPortal.Value(await portal.Get<CreateSite>().RunAsync(portal.Actor, new CreateSiteRequest(bench, SiteName, administratorPassword, ["erpnext"]), cancel));
        var view = await portal.Get<SiteQueries>().FindAsync(portal.Actor, site, cancel);
        figures.SiteSeconds = Seconds(await EndAsync(portal.JobAsync(view!.LastJobId!.Value, terminal, cancel)));
    }

    private async Task CheckAsync(DemoPortal portal, LabServer machine, Guid server, Guid bench, CancellationToken cancel)
    {
        terminal.Head("Checks");
        using var site = new SiteChecks(new Uri($"http://{machine.Address}/"), SiteName);
        figures.SiteStatus = await site.StatusAsync();
        figures.Ping = await site.PingAsync();
        figures.SocketIo = await site.SocketConnectsAsync(administratorPassword);
        figures.ConsoleFirstLineMilliseconds = await FirstConsoleLineAsync(portal, bench, cancel);
        terminal.Say($"  Home page {figures.SiteStatus}, ping {figures.Ping}, socket.io {(figures.SocketIo ? "connects" : "does not connect")}, first console line after {figures.ConsoleFirstLineMilliseconds} ms");

        if (once)
        {
            terminal.Head("The play again: nothing may change");
            var again = await EndAsync(portal.PlayAsync(DemoPortal.Value(await portal.Get<SetUpServer>().RunAsync(portal.Actor, server, cancel)), terminal, cancel));
            figures.SecondRunSeconds = Seconds(again);
            figures.SecondRunChanged = again.Steps.Count(step => step.Changed is not false);
        }
    }

    private static async Task<double?> FirstConsoleLineAsync(DemoPortal portal, Guid bench, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await using var console = DemoPortal.Value(await OpenAsync(portal, bench, cancel));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            await foreach (var batch in console.WithCancellation(limit.Token))
            {
                if (batch.Lines.Count > 0)
                    return Math.Round(clock.Elapsed.TotalMilliseconds, 1);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // No line in all that time: the figure stays empty, and the demo says that it failed.
        }

        return null;
    }

    private static async Task<Result<ConsoleSubscription>> OpenAsync(DemoPortal portal, Guid id, CancellationToken cancel)
    {
        var bench = await portal.Get<BenchQueries>().FindAsync(portal.Actor, id, cancel) ?? throw new InvalidOperationException("The bench is gone.");
        return await portal.Get<ConsoleStreams>().OpenAsync(portal.Actor, bench.ServerId, ConsoleSource.OfService(BenchName.Parse(bench.Name), BenchService.Backend), null, cancel);
    }

    private static async Task<RunView> EndAsync(Task<RunView> running)
    {
        var run = await running;
        return run.State is RunState.Success ? run : throw new InvalidOperationException($"{run.Title} ended as {run.State}: {run.Error?.Message} {run.Error?.Advice}");
    }

    private static double Seconds(RunView run) => Rounded(run.FinishedAt!.Value - run.CreatedAt);

    private static double Rounded(TimeSpan span) => Math.Round(span.TotalSeconds, 2);
}

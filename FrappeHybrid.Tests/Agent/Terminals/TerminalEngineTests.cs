using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Terminals;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Terminals;

/// <summary>A shell in a container of a real bench, through the portal's own client and the Agent as a process.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed partial class TerminalEngineTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shell_is_frappes_in_the_bench_and_all_that_a_terminal_does_works()
    {
        var (server, bench) = await fixture.BenchAsync();
        using var shell = await OpenAsync(server, bench, new TerminalSize(100, 30));
        var screen = new Screen(shell);

        // Who, where, and that bench is at hand.
        Assert.Contains("=frappe=/home/frappe/frappe-bench=", await screen.RunAsync("echo =$(id -un)=$PWD="), StringComparison.Ordinal);
        Assert.Contains("frappe", await screen.RunAsync("bench version"), StringComparison.Ordinal);

        // Characters of several bytes, typed and printed; ${#x} counts them by the locale.
        Assert.Contains("=Grüße 😀 日本=10=", await screen.RunAsync("x='Grüße 😀 日本'; echo =$x=${#x}="), StringComparison.Ordinal);

        // The size it began with, and another one.
        Assert.Contains("30 100", await screen.RunAsync("stty size"), StringComparison.Ordinal);
        await shell.ResizeAsync(new TerminalSize(132, 50), Cancel);
        await screen.RunUntilAsync("stty size", "50 132");

        // Ctrl+C ends the program and not the shell; a password is not shown.
        await screen.TypeAsync("python3 -c 'import time; print(\"at\" + \"work\", flush=True); time.sleep(1000)'\r");
        await screen.UntilAsync(text => text.Contains("atwork", StringComparison.Ordinal));
        await screen.TypeAsync("\u0003");
        Assert.Contains("=130=", await screen.RunAsync("echo =$?="), StringComparison.Ordinal);
        await screen.TypeAsync("stty -echo; echo nev''er shown; read -r secret; stty echo; echo len''gth=${#secret}\r");
        await screen.UntilAsync(text => text.Contains("never shown", StringComparison.Ordinal));
        await screen.TypeAsync("hunter2hunter2\r");
        await screen.UntilAsync(text => text.Contains("length=14", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", screen.Text, StringComparison.Ordinal);

        await screen.TypeAsync("exit 7\r");
        await screen.EndAsync();
        Assert.Equal(7, shell.ExitCode);
        await UntilNoneAsync(bench);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_shell_whose_connection_is_cut_and_of_what_was_started_in_it()
    {
        var (server, bench) = await fixture.BenchAsync();
        using (var shell = await OpenAsync(server, bench, TerminalSize.Usual))
        {
            var screen = new Screen(shell);
            await screen.RunAsync("nohup sleep 86411 > /dev/null 2>&1 &");
            await screen.RunAsync("setsid sleep 86412 > /dev/null 2>&1 &");
            await screen.RunAsync("sleep 86413 &");
            await screen.TypeAsync("python3 -c 'import signal, time; signal.signal(signal.SIGHUP, signal.SIG_IGN); print(\"ready\" + \"now\", flush=True); time.sleep(86414)'\r");
            await screen.UntilAsync(text => text.Contains("readynow", StringComparison.Ordinal));
            Assert.Equal(4, (await ProcessesAsync(bench)).Split('\n').Count(line => line.Contains("8641", StringComparison.Ordinal)));
        }

        await UntilNoneAsync(bench);
    }

    [Fact]
    public async Task A_portal_that_is_gone_without_a_word_is_noticed_and_its_shell_ended()
    {
        var (server, bench) = await fixture.BenchAsync();
        await using var network = Network.To(server.Port);
        using var way = server.NewClient();
        way.BaseAddress = new Uri($"https://{Network.Address}:{AgentRoutes.Port}");
        using var shell = await OpenAsync(way, bench, TerminalSize.Usual);
        var screen = new Screen(shell);
        await screen.RunAsync("nohup sleep 86441 > /dev/null 2>&1 &");

        // No end of a connection arrives, as when a machine has lost its power; only the answers to pings are missing.
        network.Hold();
        Assert.Contains("86441", await ProcessesAsync(bench), StringComparison.Ordinal);
        await UntilNoneAsync(bench);
    }

    [Fact]
    public async Task A_killed_Agent_ends_what_it_left_when_it_is_back()
    {
        var (server, bench) = await fixture.BenchAsync();
        using var shell = await OpenAsync(server, bench, TerminalSize.Usual);
        var screen = new Screen(shell);
        await screen.RunAsync("nohup sleep 86421 > /dev/null 2>&1 &");
        await server.KillAgentAsync();
        Assert.Contains("86421", await ProcessesAsync(bench), StringComparison.Ordinal);
        await server.StartAgentAsync();
        Assert.DoesNotContain("86421", await ProcessesAsync(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_waits_for_its_reader_and_can_be_stopped()
    {
        var (server, bench) = await fixture.BenchAsync();
        using var shell = await OpenAsync(server, bench, TerminalSize.Usual);
        var screen = new Screen(shell);
        Assert.Contains(string.Join("\r\n", Enumerable.Range(1, 100_000)), await screen.RunAsync("seq 100000"), StringComparison.Ordinal);
        await screen.TypeAsync("yes 'to and fro'\r");
        await screen.UntilAsync(text => text.Length > 2_000_000);
        await screen.TypeAsync("\u0003");
        Assert.Contains("=130=", await screen.RunAsync("echo =$?="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_opened_says_why()
    {
        var (server, bench) = await fixture.BenchAsync();
        foreach (var (path, status, code) in ((string, HttpStatusCode, string)[])
        [
            ($"/benches/{bench}/services/redis-cache/terminal?columns=80&rows=24", HttpStatusCode.NotFound, "not-found"),
            ($"/benches/{bench}/services/backend/terminal?columns=1&rows=24", HttpStatusCode.BadRequest, "invalid-request"),
            ($"/benches/{bench}/services/backend/terminal", HttpStatusCode.BadRequest, "invalid-request"),
            ($"/benches/{bench}/services/backend/terminal?columns=80&rows=24", HttpStatusCode.UpgradeRequired, "upgrade-needed"),
            ("/benches/no-such/services/backend/terminal?columns=80&rows=24", HttpStatusCode.NotFound, "not-found"),
        ])
        {
            using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal((status, code), (answer.StatusCode, JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Cancel), AgentJson.Default.AgentProblem)!.Code));
        }

        await Shell.RunAsync("docker", "stop", "-t", "0", $"{bench}-scheduler");
        try
        {
            var stopped = await Assert.ThrowsAsync<AgentException>(() => OpenAsync(server, bench, TerminalSize.Usual, BenchService.Scheduler));
            Assert.Equal(JobErrorCodes.ServiceStopped, stopped.Error.Code);
        }
        finally
        {
            await Shell.RunAsync("docker", "start", $"{bench}-scheduler");
        }

        List<AgentTerminal> open = [];
        for (var seat = 0; seat < 8; seat++)
            open.Add(await OpenAsync(server, bench, TerminalSize.Usual));
        Assert.Equal("terminals-many", (await Assert.ThrowsAsync<AgentException>(() => OpenAsync(server, bench, TerminalSize.Usual))).Error.Code);
        open.ForEach(each => each.Dispose());
        await UntilNoneAsync(bench);
    }

    private static Task<AgentTerminal> OpenAsync(AgentServer server, BenchName bench, TerminalSize size, BenchService service = BenchService.Backend) => OpenAsync(server.Client, bench, size, service);

    private static Task<AgentTerminal> OpenAsync(HttpClient agent, BenchName bench, TerminalSize size, BenchService service = BenchService.Backend) => new AgentTerminals(new Way(agent), TimeProvider.System)
        .OpenAsync(new Server { Id = NewId.At(TimeProvider.System), TeamId = Guid.Empty, Name = "test", Address = "127.0.0.1", CreatedAt = DateTimeOffset.UnixEpoch, SshPublicKey = "-", SshPrivateKeyProtected = "-" }, bench, service, size, Cancel);

    private static Task<string> ProcessesAsync(BenchName bench) => Shell.RunAsync("docker", "top", $"{bench}-backend", "-eo", "pid,args");

    // Neither the shell nor anything that was started in it: only what the container itself runs.
    private static async Task UntilNoneAsync(BenchName bench)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (LeftOver().IsMatch(await ProcessesAsync(bench)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), await ProcessesAsync(bench));
            await Task.Delay(100, Cancel);
        }
    }

    [GeneratedRegex(@"864\d\d|^\s*\d+\s+bash\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex LeftOver();

    private sealed class Way(HttpClient agent) : IAgentConnection
    {
        public HttpClient For(Server ignored) => agent;
    }

    /// <summary>What the shell printed, read all the time.</summary>
    private sealed class Screen(AgentTerminal shell)
    {
        private readonly StringBuilder text = new();
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private int commands;

        public string Text => text.ToString();

        public Task TypeAsync(string keys) => shell.WriteAsync(Encoding.UTF8.GetBytes(keys), Cancel);

        public async Task UntilAsync(Func<string, bool> wanted)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            while (!wanted(Text))
            {
                try
                {
                    Add(await shell.ReadAsync(limit.Token) ?? throw new InvalidOperationException($"The shell has ended:\n{Text}"));
                }
                catch (Exception exception) when (exception is OperationCanceledException or WebSocketException && !Cancel.IsCancellationRequested)
                {
                    throw new InvalidOperationException($"It did not come:\n{Text[^Math.Min(Text.Length, 4000)..]}", exception);
                }
            }
        }

        /// <summary>Runs a command line; all that came from its echo to its end.</summary>
        public async Task<string> RunAsync(string command)
        {
            text.Clear();
            var mark = $"done{++commands}";
            await TypeAsync($"{command}\recho {mark[..2]}''{mark[2..]}\r");
            await UntilAsync(all => all.Contains(mark, StringComparison.Ordinal));
            return Text;
        }

        /// <summary>Runs it again and again until it prints that.</summary>
        public async Task RunUntilAsync(string command, string wanted)
        {
            while (!(await RunAsync(command)).Contains(wanted, StringComparison.Ordinal))
                await Task.Delay(50, Cancel);
        }

        public async Task EndAsync()
        {
            while (await shell.ReadAsync(Cancel) is { } bytes)
                Add(bytes);
        }

        private void Add(ReadOnlyMemory<byte> bytes)
        {
            var characters = new char[bytes.Length + 2];
            text.Append(characters, 0, decoder.GetChars(bytes.Span, characters, flush: false));
        }
    }
}

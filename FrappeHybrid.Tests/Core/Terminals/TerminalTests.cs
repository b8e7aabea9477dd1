using System.Text;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Terminals;

/// <summary>From opening to the end: what is asked, what is written down, what is recorded.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private TerminalScene scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => scene = await TerminalScene.SetAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task It_is_in_the_record_before_anything_can_be_typed_and_again_at_its_end()
    {
        var (id, shell) = await scene.OpenAsync("Look at a worker");
        Assert.Equal(["developer@example.com: Opened a terminal in backend of bench main (Look at a worker)"], await scene.ActivityAsync());
        using (var viewer = scene.Attach(id))
        {
            viewer.Type("exit 3\r");
            Assert.Equal("exit 3\r", await shell.Typed.Reader.ReadAsync(Cancel));
            await shell.PrintAsync("logout\r\n");
            await shell.ExitAsync(3);
            var (text, last) = await TerminalScene.ReadUntilAsync(viewer, (_, piece) => piece.End is not null);
            Assert.Equal(("logout\r\n", "The shell ended with code 3"), (text, last.End));
        }

        var row = await scene.UntilEndedAsync(id);
        Assert.Equal((TerminalEnd.Exited, 3, 8L, false), (row.End, row.ExitCode, row.Bytes, row.IsCut));
        Assert.Equal("developer@example.com: Terminal in backend of bench main ended: the shell ended with code 3 ()", (await scene.ActivityAsync())[^1]);
        var entry = Assert.Single(await scene.Core.Get<FrappeHybrid.Core.Activity.ActivityQueries>().ListAsync(scene.Core.Owner, new() { Find = "end-terminal" }, null, 10, Cancel));
        Assert.Equal($"/terminals/{id}", entry.Link);
    }

    [Fact]
    public async Task A_recording_holds_what_was_printed_and_sizes_and_nothing_that_was_typed()
    {
        var (id, shell) = await scene.OpenAsync();
        using (var viewer = scene.Attach(id))
        {
            viewer.Resize(new TerminalSize(120, 40));
            Assert.Equal(new TerminalSize(120, 40), await shell.Sizes.Reader.ReadAsync(Cancel));
            viewer.Type("unseen password\r");
            Assert.Equal("unseen password\r", await shell.Typed.Reader.ReadAsync(Cancel));

            // A character whose bytes come in two pieces, and what a program draws with.
            var bytes = Encoding.UTF8.GetBytes("Grüße 😀 \u001b[31m\"red\"\r\n");
            await shell.PrintAsync(bytes[..3]);
            await shell.PrintAsync(bytes[3..10]);
            await shell.PrintAsync(bytes[10..]);
            await shell.ExitAsync(0);
            await TerminalScene.ReadUntilAsync(viewer, (_, piece) => piece.End is not null);
        }

        await scene.UntilEndedAsync(id);
        var events = await scene.RecordingAsync(id);
        Assert.Equal("Grüße 😀 \u001b[31m\"red\"\r\n", string.Concat(events.Where(each => each.Kind == "o").Select(each => each.Text)));
        Assert.Contains(("r", "120x40"), events);
        Assert.DoesNotContain("password", await File.ReadAllTextAsync(scene.Core.Get<TerminalRecordings>().PathOf(id), Cancel), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scene.Core.Get<TerminalRecordings>().PathOf(id)));
    }

    [Fact]
    public async Task A_recording_is_bounded_and_what_follows_a_flood_is_in_it()
    {
        var (id, shell) = await scene.OpenAsync();
        var chunk = new string('x', 31_000) + "\n";
        for (var sent = 0L; sent < TerminalRecording.Most + 500_000; sent += chunk.Length)
            await shell.PrintAsync(chunk);
        await scene.Core.UntilAsync(() => Task.FromResult(scene.Core.Get<TerminalSessions>().PrintedBy(id) > TerminalRecording.Most + 500_000));
        await scene.PassAsync(TimeSpan.FromSeconds(5));
        await shell.PrintAsync("bench drop-site\r\n");
        await shell.ExitAsync(0);
        var row = await scene.UntilEndedAsync(id);
        Assert.True(row.IsCut);
        Assert.True(row.Bytes > TerminalRecording.Most + 500_000);
        Assert.InRange(new FileInfo(scene.Core.Get<TerminalRecordings>().PathOf(id)).Length, TerminalRecording.Most, TerminalRecording.Most + 200_000);
        var events = await scene.RecordingAsync(id);
        Assert.Equal(("o", "bench drop-site\r\n"), events[^1]);
        Assert.EndsWith("bytes are left out here: more was printed than a recording holds.", events[^2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_never_grows_beyond_its_largest_size()
    {
        var time = new FakeTime();
        var path = Path.Combine(scene.Core.Folder, "long.cast");
        await using (var recording = new TerminalRecording(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, 0), TerminalSize.Usual, "long", time))
        {
            var chunk = Encoding.ASCII.GetBytes(new string('x', 31_000));
            for (var sent = 0L; sent < 3 * TerminalRecording.Most; sent += chunk.Length)
            {
                recording.Output(chunk);
                time.Advance(TimeSpan.FromSeconds(20));
            }

            Assert.True(recording.IsCut);
        }

        Assert.InRange(new FileInfo(path).Length, TerminalRecording.Largest, TerminalRecording.Largest + 100_000);
    }

    [Fact]
    public async Task What_cannot_be_recorded_any_more_ends_and_says_why()
    {
        var (id, shell) = await scene.OpenAsync();
        var (answer, behind) = FakeTerminal.Open();
        using var fake = behind;
        using var socket = System.Net.WebSockets.WebSocket.CreateFromStream(await answer.Content.ReadAsStreamAsync(Cancel), new System.Net.WebSockets.WebSocketCreationOptions { IsServer = false });
        var full = new TerminalRecording(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), TerminalSize.Usual, "full", scene.Time);
        var session = new TerminalSession(await scene.RowAsync(id), scene.Person, new AgentTerminal(socket, answer), full, TerminalSize.Usual, scene.Time);
        var run = session.RunAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(1), () => run.IsCompleted);
        Assert.Equal(TerminalEnd.Unrecorded, await run);
        Assert.Contains("could not be recorded", Terminal.Describe(TerminalEnd.Unrecorded, null), StringComparison.Ordinal);
        await fake.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        await shell.ExitAsync(0);
        await scene.UntilEndedAsync(id);
    }

    [Fact]
    public async Task A_reason_is_asked_where_customers_sites_are_and_always_of_staff()
    {
        var open = scene.Core.Get<OpenTerminal>();
        var operators = await scene.Core.AddUserAsync("operator@example.com", StaffRole.Operator);
        Assert.False(await scene.Core.Get<TerminalQueries>().AsksReasonAsync(scene.Person, scene.Bench.Id, Cancel));
        Assert.True(await scene.Core.Get<TerminalQueries>().AsksReasonAsync(operators, scene.Bench.Id, Cancel));
        Assert.True((await open.RunAsync(scene.Person, scene.Bench.Id, BenchService.Backend, "", Cancel)).IsDone);
        Assert.Equal("reason-needed", (await open.RunAsync(operators, scene.Bench.Id, BenchService.Backend, null, Cancel)).Error?.Code);

        await scene.Core.AddSiteAsync(scene.Bench);
        foreach (var reason in (string?[])[null, "", "   ", "abc", new string('x', 301)])
            Assert.Equal("reason-needed", (await open.RunAsync(scene.Person, scene.Bench.Id, BenchService.Backend, reason, Cancel)).Error?.Code);
        Assert.True((await open.RunAsync(scene.Person, scene.Bench.Id, BenchService.Backend, "A migration\nhangs", Cancel)).IsDone);
        Assert.EndsWith("(A migration hangs)", (await scene.ActivityAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_opens_one_only_where_it_was_let_in()
    {
        var open = scene.Core.Get<OpenTerminal>();
        var support = await scene.Core.AddUserAsync("support@example.com", StaffRole.Support);
        Assert.Equal("forbidden", (await open.RunAsync(support, scene.Bench.Id, BenchService.Backend, "A look", Cancel)).Error?.Code);
        var let = support with { Grants = [new Grant(CapabilityTable.GrantedToSupport, scene.Bench.Place, scene.Time.GetUtcNow().AddHours(1), Guid.CreateVersion7())] };
        Assert.Equal("reason-needed", (await open.RunAsync(let, scene.Bench.Id, BenchService.Backend, null, Cancel)).Error?.Code);
        Assert.True((await open.RunAsync(let, scene.Bench.Id, BenchService.Backend, "A look", Cancel)).IsDone);
    }

    [Fact]
    public async Task Redis_has_no_shell_and_the_Agents_refusal_leaves_nothing_behind()
    {
        var open = scene.Core.Get<OpenTerminal>();
        Assert.Equal("terminal-service", (await open.RunAsync(scene.Person, scene.Bench.Id, BenchService.RedisCache, null, Cancel)).Error?.Code);
        scene.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(System.Net.HttpStatusCode.TooManyRequests, "terminals-many", "8 terminals are open in bench main."));
        var refused = await open.RunAsync(scene.Person, scene.Bench.Id, BenchService.Backend, null, Cancel);
        Assert.Equal(("terminals-many", "8 terminals are open in bench main."), (refused.Error?.Code, refused.Error?.Message));
        await using var db = await scene.Core.DbAsync();
        Assert.Equal(0, await db.Terminals.CountAsync(Cancel));
        Assert.Empty(await scene.ActivityAsync());
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_opened()
    {
        await File.WriteAllTextAsync(Path.Combine(scene.Core.Folder, "terminals"), "in the way", Cancel);
        var refused = await scene.Core.Get<OpenTerminal>().RunAsync(scene.Person, scene.Bench.Id, BenchService.Backend, null, Cancel);
        Assert.Equal("recording-unwritable", refused.Error?.Code);
        await (await scene.Core.Agent.Terminals.Reader.ReadAsync(Cancel)).Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        await using var db = await scene.Core.DbAsync();
        Assert.Equal(0, await db.Terminals.CountAsync(Cancel));
    }

    [Fact]
    public async Task Only_its_person_looks_at_an_open_terminal()
    {
        var (id, shell) = await scene.OpenAsync();
        var sessions = scene.Core.Get<TerminalSessions>();
        Assert.Equal("terminal-gone", sessions.Attach(scene.Core.Owner, id, TerminalSize.Usual).Error?.Code);
        Assert.Null(sessions.FindOpen(scene.Core.Owner, scene.Bench.Id, BenchService.Backend));
        Assert.Equal(id, sessions.FindOpen(scene.Person, scene.Bench.Id, BenchService.Backend));
        Assert.Null(sessions.FindOpen(scene.Person, scene.Bench.Id, BenchService.Scheduler));

        var removed = scene.Person with { Grants = [] };
        Assert.Equal("not-found", sessions.Attach(removed, id, TerminalSize.Usual).Error?.Code);
        Assert.False(sessions.MayGoOn(removed, id));
        Assert.True(sessions.MayGoOn(scene.Person, id));
        await shell.ExitAsync(0);
        await scene.UntilEndedAsync(id);
        await scene.Core.UntilAsync(() => Task.FromResult(sessions.FindOpen(scene.Person, scene.Bench.Id, BenchService.Backend) is null));
    }
}

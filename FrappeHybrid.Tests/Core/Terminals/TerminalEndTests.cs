using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Terminals;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Terminals;

/// <summary>Everything that ends a terminal, and what does not.</summary>
public sealed class TerminalEndTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TerminalScene scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => scene = await TerminalScene.SetAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Nobody_types_and_it_ends_after_a_warning_that_a_key_takes_back()
    {
        var (id, shell) = await scene.OpenAsync();
        using var viewer = scene.Attach(id);
        await using var pieces = viewer.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var first = scene.Time.GetUtcNow();
        Assert.Contains("ends within 2 minutes", await NextAsync(pieces), StringComparison.Ordinal);
        Assert.InRange(scene.Time.GetUtcNow() - first, TerminalRules.Idle - TerminalRules.Warning, TerminalRules.Idle - TerminalRules.Warning + TimeSpan.FromSeconds(40));

        viewer.Type("a");
        Assert.Equal("", await NextAsync(pieces));
        Assert.Null((await scene.RowAsync(id)).EndedAt);
        var second = scene.Time.GetUtcNow();
        Assert.Contains("ends within 2 minutes", await NextAsync(pieces), StringComparison.Ordinal);
        Assert.Equal("Ended because nobody typed", await NextAsync(pieces));
        Assert.InRange(scene.Time.GetUtcNow() - second, TerminalRules.Idle - TimeSpan.FromSeconds(40), TerminalRules.Idle + TimeSpan.FromSeconds(80));
        Assert.Equal(TerminalEnd.Idle, (await scene.UntilEndedAsync(id)).End);
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
    }

    [Fact]
    public async Task Work_that_prints_goes_on_unwatched_for_a_while_and_not_for_ever()
    {
        var (id, shell) = await scene.OpenAsync();
        using var viewer = scene.Attach(id);
        var began = scene.Time.GetUtcNow();
        var reading = TerminalScene.ReadUntilAsync(viewer, (_, piece) => piece.End is not null);
        while (!reading.IsCompleted)
        {
            await scene.PassAsync(TimeSpan.FromSeconds(30), () => reading.IsCompleted);
            await shell.TryPrintAsync(".");
        }

        Assert.Equal("Ended because nobody typed", (await reading).Last.End);
        Assert.True(scene.Time.GetUtcNow() - began >= TerminalRules.Unattended, $"{scene.Time.GetUtcNow() - began}");
    }

    [Fact]
    public async Task Who_comes_back_in_time_finds_the_shell_with_what_it_printed()
    {
        var (id, shell) = await scene.OpenAsync();
        using (var viewer = scene.Attach(id))
        {
            await shell.PrintAsync("before\r\n");
            await TerminalScene.ReadUntilAsync(viewer, (text, _) => text.Contains("before", StringComparison.Ordinal));
        }

        await shell.PrintAsync("meanwhile\r\n");
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        using (var viewer = scene.Attach(id))
            Assert.Equal("before\r\nmeanwhile\r\n", (await TerminalScene.ReadUntilAsync(viewer, (text, _) => text.Contains("meanwhile", StringComparison.Ordinal))).Text);

        Assert.Equal(TerminalEnd.Left, (await scene.UntilEndedAsync(id, Second)).End);
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        Assert.Equal("terminal-gone", scene.Core.Get<TerminalSessions>().Attach(scene.Person, id, TerminalSize.Usual).Error?.Code);
    }

    [Fact]
    public async Task A_line_that_breaks_ends_it()
    {
        var (id, shell) = await scene.OpenAsync();
        using var viewer = scene.Attach(id);
        shell.Break();
        Assert.Equal("Ended because the connection to the server broke", (await TerminalScene.ReadUntilAsync(viewer, (_, piece) => piece.End is not null)).Last.End);
        Assert.Equal(TerminalEnd.Lost, (await scene.UntilEndedAsync(id)).End);
    }

    [Fact]
    public async Task A_portal_that_ends_ends_it_and_one_that_was_killed_writes_it_down_at_its_start()
    {
        var (id, shell) = await scene.OpenAsync();
        await shell.PrintAsync("kept\r\n");
        using (var viewer = scene.Attach(id))
            await TerminalScene.ReadUntilAsync(viewer, (text, _) => text.Contains("kept", StringComparison.Ordinal));
        scene.Time.Advance(Second);
        await using (var next = await scene.Core.AfterKillAsync())
        {
            await next.Get<TerminalKeeper>().CloseLeftAsync(Cancel);
            await using var db = await next.DbAsync();
            var row = await db.Terminals.SingleAsync(each => each.Id == id, Cancel);
            Assert.Equal((TerminalEnd.Interrupted, (int?)null), (row.End, row.ExitCode));
            Assert.Equal("The portal", (await db.Activity.OrderBy(entry => entry.Number).LastAsync(Cancel)).UserName);
        }

        // The one that only ends does it for what is open, and a start leaves alone what is open in its own process.
        await scene.Core.Get<TerminalKeeper>().CloseLeftAsync(Cancel);
        Assert.Null((await scene.RowAsync(id)).EndedAt);
        await scene.Core.Get<TerminalSessions>().EndAllAsync(TerminalEnd.Interrupted);
        Assert.Equal(TerminalEnd.Interrupted, (await scene.RowAsync(id)).End);
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        Assert.Equal("kept\r\n", string.Concat((await scene.RecordingAsync(id)).Select(each => each.Text)));
    }

    [Fact]
    public async Task Old_recordings_go_and_their_rows_stay()
    {
        var (id, shell) = await scene.OpenAsync();
        await shell.ExitAsync(0);
        await scene.UntilEndedAsync(id);
        var keeper = scene.Core.Get<TerminalKeeper>();
        var queries = scene.Core.Get<TerminalQueries>();
        await keeper.RemoveOldAsync(Cancel);
        Assert.True((await queries.RecordingAsync(scene.Person, id, Cancel)).IsDone);

        scene.Time.Advance(TerminalRecordings.Keep + TimeSpan.FromDays(1));
        await keeper.RemoveOldAsync(Cancel);
        Assert.Equal("recording-gone", (await queries.RecordingAsync(scene.Person, id, Cancel)).Error?.Code);
        Assert.False(File.Exists(scene.Core.Get<TerminalRecordings>().PathOf(id)));
        Assert.False(Assert.Single(await queries.ListAsync(scene.Person, scene.Bench.Id, Cancel)).HasRecording);
    }

    [Fact]
    public async Task What_the_widget_answers_to_a_program_keeps_no_terminal_open()
    {
        var (id, shell) = await scene.OpenAsync();
        using var viewer = scene.Attach(id);
        var reading = TerminalScene.ReadUntilAsync(viewer, (_, piece) => piece.End is not null);
        while (!reading.IsCompleted)
        {
            await scene.PassAsync(TimeSpan.FromSeconds(30), () => reading.IsCompleted);
            viewer.Type("\u001b[1;1R", isByHand: false);
        }

        Assert.Equal("Ended because nobody typed", (await reading).Last.End);
        Assert.Equal("\u001b[1;1R", await shell.Typed.Reader.ReadAsync(Cancel));
        await scene.UntilEndedAsync(id);
    }

    [Fact]
    public async Task All_recordings_together_are_bounded_and_nobodys_push_another_teams_out()
    {
        var room = scene.Core.Get<RecordingRoom>();
        var recordings = scene.Core.Get<TerminalRecordings>();
        List<Guid> own = [];
        for (var number = 0; number < 4; number++)
        {
            var (id, shell) = await scene.OpenAsync();
            await shell.PrintAsync(new string('x', 20_000));
            await shell.ExitAsync(0);
            await scene.UntilEndedAsync(id);
            own.Add(id);
            scene.Time.Advance(Second);
        }

        var other = await AddOtherTeamsAsync();
        var (open, busy) = await scene.OpenAsync();
        await busy.PrintAsync(new string('x', 20_000));
        await room.MakeAsync(Cancel, most: 70_000);
        Assert.Equal([false, false, true, true], own.Select(id => File.Exists(recordings.PathOf(id))));
        var rows = await Task.WhenAll(own.Select(scene.RowAsync));
        Assert.Equal([false, false, true, true], rows.Select(row => row.HasRecording));
        Assert.True(File.Exists(recordings.PathOf(other)));
        await room.MakeAsync(Cancel, most: 0);
        Assert.False(File.Exists(recordings.PathOf(other)));
        Assert.True(File.Exists(recordings.PathOf(open)));
        await busy.ExitAsync(0);
        await scene.UntilEndedAsync(open);
    }

    // An older recording of somebody else, smaller than what this team has.
    private async Task<Guid> AddOtherTeamsAsync()
    {
        var terminal = new Terminal
        {
            Id = Guid.CreateVersion7(),
            TeamId = Guid.CreateVersion7(),
            ServerId = scene.Bench.ServerId,
            BenchId = scene.Bench.Id,
            Service = BenchService.Backend,
            UserId = scene.Person.UserId,
            UserName = "other@example.com",
            BeganAt = scene.Time.GetUtcNow().AddDays(-9),
        };
        terminal.Finish(TerminalEnd.Exited, scene.Time.GetUtcNow().AddDays(-9), 0, 15_000, isCut: false);
        await using var db = await scene.Core.DbAsync();
        db.Terminals.Add(terminal);
        await db.SaveChangesAsync(Cancel);
        await File.WriteAllTextAsync(scene.Core.Get<TerminalRecordings>().PathOf(terminal.Id), new string('x', 15_000), Cancel);
        return terminal.Id;
    }

    // The next thing said that is no output; the clock goes on while nobody says anything.
    private async Task<string> NextAsync(IAsyncEnumerator<TerminalPiece> pieces)
    {
        while (true)
        {
            var next = pieces.MoveNextAsync().AsTask();
            await scene.PassAsync(TimeSpan.FromDays(1), () => next.IsCompleted);
            Assert.True(await next);
            if ((pieces.Current.End ?? pieces.Current.Warning) is { } said)
                return said;
        }
    }
}

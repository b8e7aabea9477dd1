using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Terminals;

/// <summary>A bench, a person who may open terminals in it, and a clock that a test moves.</summary>
internal sealed class TerminalScene(TestCore core, FakeTime time, Bench bench, Actor person) : IAsyncDisposable
{
    public TestCore Core => core;

    public FakeTime Time => time;

    public Bench Bench => bench;

    public Actor Person => person;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TerminalScene> SetAsync()
    {
        var time = new FakeTime();
        var core = await TestCore.StartAsync(time);
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        return new TerminalScene(core, time, bench, await core.AddUserAsync("developer@example.com", role: TeamRole.Developer));
    }

    /// <summary>Opens one; its id, and the shell behind it.</summary>
    public async Task<(Guid Id, FakeTerminal Shell)> OpenAsync(string? reason = null)
    {
        var opened = await core.Get<OpenTerminal>().RunAsync(person, bench.Id, BenchService.Backend, reason, Cancel);
        Assert.True(opened.IsDone, opened.Error?.Message);
        return (opened.Value, await core.Agent.Terminals.Reader.ReadAsync(Cancel));
    }

    public TerminalViewer Attach(Guid id, Actor? actor = null)
    {
        var attached = core.Get<TerminalSessions>().Attach(actor ?? person, id, TerminalSize.Usual);
        Assert.True(attached.IsDone, attached.Error?.Message);
        return attached.Value;
    }

    /// <summary>Reads pieces until one is what is wanted, acknowledging what comes; the clock stands still.</summary>
    public static async Task<(string Text, TerminalPiece Last)> ReadUntilAsync(TerminalViewer viewer, Func<string, TerminalPiece, bool> wanted)
    {
        var bytes = new List<byte>();
        await foreach (var piece in viewer.ReadAsync(Cancel))
        {
            bytes.AddRange(piece.Bytes.ToArray());
            viewer.Take(piece.Bytes.Length);
            var text = Encoding.UTF8.GetString([.. bytes]);
            if (wanted(text, piece))
                return (text, piece);
        }

        throw new InvalidOperationException("The terminal ended before.");
    }

    /// <summary>Lets the clock go on, second by second, so that the open terminal's own clock takes each of them.</summary>
    public async Task PassAsync(TimeSpan passed, Func<bool>? until = null)
    {
        var end = time.GetUtcNow() + passed;
        while (time.GetUtcNow() < end && until?.Invoke() != true)
        {
            if (time.IsAwaited)
                time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }
    }

    /// <summary>The row once it has ended; the clock goes on second by second meanwhile when it is to.</summary>
    public async Task<Terminal> UntilEndedAsync(Guid id, TimeSpan? advance = null)
    {
        await core.UntilAsync(async () => (await RowAsync(id)).EndedAt is not null, advance);
        return await RowAsync(id);
    }

    public async Task<Terminal> RowAsync(Guid id)
    {
        await using var db = await core.DbAsync();
        return await db.Terminals.AsNoTracking().SingleAsync(terminal => terminal.Id == id, Cancel);
    }

    /// <summary>Events of the recording.</summary>
    public async Task<IReadOnlyList<(string Kind, string Text)>> RecordingAsync(Guid id)
    {
        var lines = await File.ReadAllLinesAsync(core.Get<TerminalRecordings>().PathOf(id), Cancel);
        Assert.Equal(2, JsonDocument.Parse(lines[0]).RootElement.GetProperty("version").GetInt32());
        return [.. lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement).Select(line => (line[1].GetString()!, line[2].GetString()!))];
    }

    public async Task<IReadOnlyList<string>> ActivityAsync()
    {
        await using var db = await core.DbAsync();
        return await db.Activity.Where(entry => entry.BenchId == bench.Id).OrderBy(entry => entry.Number).Select(entry => $"{entry.UserName}: {entry.Summary} ({entry.Reason})").ToListAsync(Cancel);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Terminals;

/// <summary>What pages ask about terminals. They are part of the record: whoever reads the record of the bench reads them.</summary>
public sealed class TerminalQueries(IDbContextFactory<PortalDb> databases, TerminalRecordings recordings)
{
    /// <summary>The most of one answer.</summary>
    public const int Most = 200;

    /// <summary>The bench's terminals, open ones too, the newest first.</summary>
    public async Task<IReadOnlyList<TerminalView>> ListAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await Rows(db, db.Terminals.VisibleTo(actor).Where(terminal => terminal.BenchId == benchId).OrderByDescending(terminal => terminal.BeganAt).Take(Most)).ToListAsync(cancel);
        return [.. rows.Select(row => row.ToView())];
    }

    /// <summary>One terminal; null when there is none or it is not the actor's to see.</summary>
    public async Task<TerminalView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await Rows(db, db.Terminals.VisibleTo(actor).Where(terminal => terminal.Id == id)).SingleOrDefaultAsync(cancel))?.ToView();
    }

    /// <summary>The file with the recording.</summary>
    public async Task<Result<string>> RecordingAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var terminal = await db.Terminals.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (terminal is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ViewActivity, terminal) is { } refused)
            return refused;
        var path = recordings.PathOf(id);
        return terminal.HasRecording && File.Exists(path) ? path : new Error("recording-gone", "The recording of this terminal is gone.", $"Recordings are kept for at most {TerminalRecordings.Keep.Days} days, and are not in the portal's backups.");
    }

    /// <summary>Whether opening a terminal in the bench asks for a reason; true for a bench that is not the actor's.</summary>
    public async Task<bool> AsksReasonAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        return bench is null || await TerminalRules.AsksReasonAsync(db, actor, bench.Place, cancel);
    }

    private static IQueryable<Row> Rows(PortalDb db, IQueryable<Terminal> terminals) =>
        terminals.AsNoTracking().Select(terminal => new Row(terminal, db.Benches.Where(bench => bench.Id == terminal.BenchId).Select(bench => bench.Name).Single()));

    private sealed record Row(Terminal Terminal, BenchName BenchName)
    {
        public TerminalView ToView() => new(
            Terminal.Id, Terminal.Place, BenchName.Value, Terminal.Service, Terminal.UserId, Terminal.UserName, Terminal.Reason, Terminal.BeganAt, Terminal.EndedAt, Terminal.End, Terminal.ExitCode,
            Terminal.Bytes, Terminal.IsCut, Terminal.HasRecording);
    }
}

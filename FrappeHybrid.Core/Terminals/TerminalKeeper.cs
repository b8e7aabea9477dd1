using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Terminals;

/// <summary>At the start it closes what a killed portal has left open; now and then it takes old recordings away; at the end it ends all terminals.</summary>
public sealed class TerminalKeeper(IDbContextFactory<PortalDb> databases, TerminalSessions sessions, TerminalRecordings recordings, RecordingRoom room, TimeProvider time, ILogger<TerminalKeeper> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    // A file is made a moment before its row.
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await CloseLeftAsync(cancel);
            while (true)
            {
                await RemoveOldAsync(cancel);
                await room.MakeAsync(cancel);
                await Task.Delay(Interval, time, cancel);
            }
        }
        finally
        {
            await sessions.EndAllAsync(TerminalEnd.Interrupted);
        }
    }

    /// <summary>Writes the end of terminals that are open in the database and nowhere else.</summary>
    public async Task CloseLeftAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var terminal in await db.Terminals.Where(each => each.EndedAt == null && each.BeganAt < now).ToListAsync(cancel))
        {
            if (sessions.Holds(terminal.Id))
                continue;
            var bench = await db.Benches.Where(each => each.Id == terminal.BenchId).Select(each => each.Name).SingleAsync(cancel);
            terminal.Finish(TerminalEnd.Interrupted, now, exitCode: null, recordings.LengthOf(terminal.Id), isCut: false);
            db.Activity.Add(TerminalSessions.EndOf(time, Actor.OfPortal, terminal, bench.Value));
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Takes away recordings that are older than is promised, and those of which nothing else is left.</summary>
    public async Task RemoveOldAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow() - TerminalRecordings.Keep;
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var terminal in await db.Terminals.Where(each => each.HasRecording && each.EndedAt != null && each.EndedAt < before).ToListAsync(cancel))
        {
            TryDelete(terminal.Id);
            terminal.ForgetRecording();
        }

        await db.SaveChangesAsync(cancel);
        foreach (var id in recordings.ListBefore(time.GetUtcNow() - Young))
        {
            if (!sessions.Holds(id) && !await db.Terminals.AnyAsync(each => each.Id == id, cancel))
                TryDelete(id);
        }
    }

    private void TryDelete(Guid id)
    {
        try
        {
            recordings.Delete(id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The recording of terminal {Terminal} could not be deleted", id);
        }
    }
}

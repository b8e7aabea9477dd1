using System.Collections.Concurrent;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Terminals;

/// <summary>All open terminals. They live in this process: a portal that ends ends them all.</summary>
public sealed class TerminalSessions(IDbContextFactory<PortalDb> databases, TimeProvider time, ILogger<TerminalSessions> logger) : IAsyncDisposable
{
    /// <summary>In the record: a terminal was ended.</summary>
    internal const string EndAct = "end-terminal";

    private static readonly Error Gone = new("terminal-gone", "This terminal is over.", "Open a new one; what was printed is in the recording.");

    private readonly ConcurrentDictionary<Guid, (TerminalSession Session, Task Run)> open = new();

    /// <summary>The actor's open terminal in the service; null when there is none, or the actor may not open one any more.</summary>
    public Guid? FindOpen(Actor actor, Guid benchId, BenchService service) => open.Values
        .Select(each => each.Session)
        .Where(session => session.Terminal.BenchId == benchId && session.Terminal.Service == service && MayUse(session, actor))
        .Select(session => (Guid?)session.Terminal.Id)
        .FirstOrDefault();

    /// <summary>Opens a window on the actor's own terminal; one that was open elsewhere is closed.</summary>
    public Result<TerminalViewer> Attach(Actor actor, Guid id, TerminalSize size)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(size);
        if (!open.TryGetValue(id, out var found) || found.Session.IsOver || found.Session.Terminal.UserId != actor.UserId)
            return Gone;
        if (actor.Refuse(Capability.OpenTerminals, found.Session.Terminal) is { } refused)
            return refused;
        var viewer = new TerminalViewer(found.Session);
        viewer.Resize(TerminalSize.Near(size.Columns, size.Rows));
        return viewer;
    }

    /// <summary>Whether the actor may go on with it.</summary>
    public bool MayGoOn(Actor actor, Guid id) => open.TryGetValue(id, out var found) && MayUse(found.Session, actor);

    /// <summary>Ends all of them and waits until that is written down.</summary>
    public async Task EndAllAsync(TerminalEnd why)
    {
        var all = open.Values.ToList();
        foreach (var (session, _) in all)
            session.End(why);
        await Task.WhenAll(all.Select(each => each.Run));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAllAsync(TerminalEnd.Interrupted);

    internal bool Holds(Guid id) => open.ContainsKey(id);

    /// <summary>How much an open terminal has printed.</summary>
    internal long PrintedBy(Guid id) => open.TryGetValue(id, out var found) ? found.Session.Recording.Bytes : 0;

    internal void Begin(TerminalSession session)
    {
        // The run takes itself off the list, so that it must be on it before it begins.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open[session.Terminal.Id] = (session, RunAsync(session, begin.Task));
        begin.SetResult();
    }

    private async Task RunAsync(TerminalSession session, Task begin)
    {
        await begin;
        var end = await session.RunAsync();
        try
        {
            await StoreEndAsync(session, end);
        }
        catch (Exception exception)
        {
            // Its row is closed at the next start.
            logger.LogError(exception, "The end of terminal {Terminal} could not be stored", session.Terminal.Id);
        }

        open.TryRemove(session.Terminal.Id, out _);
        session.Screen.Finish(Terminal.Describe(end, session.ExitCode));
    }

    private async Task StoreEndAsync(TerminalSession session, TerminalEnd end)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var terminal = await db.Terminals.SingleAsync(each => each.Id == session.Terminal.Id);
        var bench = await db.Benches.Where(each => each.Id == terminal.BenchId).Select(each => each.Name).SingleAsync();
        terminal.Finish(end, time.GetUtcNow(), session.ExitCode, session.Recording.Bytes, session.Recording.IsCut);
        db.Activity.Add(EndOf(time, session.Actor, terminal, bench.Value));
        await db.SaveChangesAsync();
    }

    internal static ActivityEntry EndOf(TimeProvider time, Actor actor, Terminal terminal, string bench) => ActivityEntry.Of(
        time, actor, terminal.Place, EndAct, $"Terminal in {terminal.Service.Name()} of bench {bench} ended: {Lower(Terminal.Describe(terminal.End!.Value, terminal.ExitCode))}", terminal.Id);

    private static bool MayUse(TerminalSession session, Actor actor) => !session.IsOver && session.Terminal.UserId == actor.UserId && actor.May(Capability.OpenTerminals, session.Terminal.Place);

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Terminals;

/// <summary>Opens a shell in a service of a bench. Who, where and why is written down before anything can be typed.</summary>
public sealed class OpenTerminal(IDbContextFactory<PortalDb> databases, AgentTerminals agents, TerminalSessions sessions, TerminalRecordings recordings, RecordingRoom room, TimeProvider time)
{
    /// <summary>In the record: a terminal was opened.</summary>
    internal const string Act = "open-terminal";

    /// <summary>The terminal's id; its person's window takes it with <see cref="TerminalSessions.Attach"/>.</summary>
    /// <param name="reason">What for, in the actor's words; null or empty where none is asked.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, BenchService service, string? reason, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if ((actor.Refuse(Capability.OpenTerminals, bench) ?? actor.RefuseProgram()) is { } refused)
            return refused;
        if (!TerminalServices.All.Contains(service))
            return new Error("terminal-service", $"{service.Name()} has no shell: Redis runs alone in its container.", "Open the terminal in backend.");
        var why = TerminalRules.Check(reason, await TerminalRules.AsksReasonAsync(db, actor, bench.Place, cancel));
        if (!why.IsDone)
            return why.Error;
        if (bench.State is not BenchState.Active)
            return BenchOrders.NotActive(bench);

        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == bench.ServerId, cancel);
        AgentTerminal shell;
        try
        {
            shell = await agents.OpenAsync(server, bench.Name, service, TerminalSize.Usual, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }

        var id = NewId.At(time);
        TerminalRecording? recording = null;
        try
        {
            recording = recordings.Begin(id, TerminalSize.Usual, $"{service.Name()} of bench {bench.Name}");
            var terminal = await StoreAsync(db, actor, id, bench, service, why.Value, cancel);
            sessions.Begin(new TerminalSession(terminal, actor, shell, recording, TerminalSize.Usual, time));
        }
        catch (Exception exception)
        {
            shell.Dispose();
            if (recording is not null)
                await recording.DisposeAsync();
            if (exception is IOException or UnauthorizedAccessException)
                return new Error("recording-unwritable", "The terminal cannot be recorded, so that it is not opened.", "Is the portal's disk full? Ask whoever runs the portal.", exception.Message);
            throw;
        }

        // Each time and not now and then only: a hundred terminals that print all they can are opened within minutes.
        await room.MakeAsync(CancellationToken.None);
        return id;
    }

    private async Task<Terminal> StoreAsync(PortalDb db, Actor actor, Guid id, Bench bench, BenchService service, string? why, CancellationToken cancel)
    {
        var terminal = new Terminal
        {
            Id = id,
            TeamId = bench.TeamId,
            ServerId = bench.ServerId,
            BenchId = bench.Id,
            Service = service,
            UserId = actor.UserId,
            UserName = actor.Name,
            Reason = why,
            BeganAt = time.GetUtcNow(),
        };
        db.Terminals.Add(terminal);
        db.Activity.Add(ActivityEntry.Of(time, actor, bench.Place, Act, $"Opened a terminal in {service.Name()} of bench {bench.Name}", terminal.Id, reason: why));
        await db.SaveChangesAsync(cancel);
        return terminal;
    }
}

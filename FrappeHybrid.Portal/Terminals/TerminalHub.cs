using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FrappeHybrid.Portal.Terminals;

/// <summary>The way between a browser's terminal and an open shell: apart from the pages' circuits and from the consoles, so that neither slows the other.</summary>
[Authorize(Policy = nameof(Capability.OpenTerminals))]
public sealed class TerminalHub(Actors actors, TerminalSessions terminals, PortalSessions sessions, TimeProvider time, ILogger<TerminalHub> logger) : Hub
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/terminal";

    /// <summary>Joins the caller's own terminal: what was printed lately, then everything. What is typed comes as one stream, so that it keeps its order.</summary>
    public async IAsyncEnumerable<TerminalMessage> Attach(Guid id, int columns, int rows, IAsyncEnumerable<TerminalInput> input, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await actors.OfAsync(Context.User, cancel) is not { } actor)
        {
            yield return new TerminalMessage(End: Error.NotFound.Message);
            yield break;
        }

        var attached = terminals.Attach(actor, id, TerminalSize.Near(columns, rows));
        if (!attached.IsDone)
        {
            yield return new TerminalMessage(End: attached.Error.Message);
            yield break;
        }

        using var viewer = attached.Value;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var use = new Use();
        Task[] sides = [TakeAsync(viewer, input, use, leave.Token), GuardAsync(id, viewer, use, leave.Token)];
        try
        {
            await foreach (var piece in viewer.ReadAsync(cancel))
                yield return new TerminalMessage(piece.Bytes.IsEmpty ? null : piece.Bytes.ToArray(), piece.Warning, piece.Notice, piece.End, piece.IsElsewhere);
        }
        finally
        {
            await leave.CancelAsync();
            await Task.WhenAll(sides).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task TakeAsync(TerminalViewer viewer, IAsyncEnumerable<TerminalInput> input, Use use, CancellationToken cancel)
    {
        await foreach (var item in input.WithCancellation(cancel))
        {
            if (item.Text is { Length: > 0 } text)
            {
                use.IsUsed |= !item.IsReply;
                viewer.Type(text, !item.IsReply);
            }

            if (item is { Columns: { } columns, Rows: { } rows })
                viewer.Resize(TerminalSize.Near(columns, rows));
            if (item.Taken is { } taken)
                viewer.Take(taken);
            if (item.End)
                viewer.End(TerminalEnd.Closed);
        }
    }

    // The terminal is older than whatever was decided meanwhile: nobody who was signed out or removed goes on for long.
    private async Task GuardAsync(Guid id, TerminalViewer viewer, Use use, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RevalidatingAuthenticationState.Interval, time, cancel);
                if (!await MayGoOnAsync(id, use, cancel))
                    viewer.End(TerminalEnd.NotAllowed);
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // Who cannot be asked about is not let go on.
            logger.LogError(problem, "It could not be asked whether a terminal may go on");
            viewer.End(TerminalEnd.NotAllowed);
        }
    }

    private async Task<bool> MayGoOnAsync(Guid id, Use use, CancellationToken cancel)
    {
        var isUsed = use.IsUsed;
        use.IsUsed = false;
        return Context.User?.FindSessionId() is { } session && await sessions.IsGoodAsync(session, isUsed, cancel)
            && await actors.OfAsync(Context.User, cancel) is { } actor && terminals.MayGoOn(actor, id);
    }

    /// <summary>Whether something was typed lately: who types is there, and its session goes on.</summary>
    private sealed class Use
    {
        public volatile bool IsUsed;
    }
}

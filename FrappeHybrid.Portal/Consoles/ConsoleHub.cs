using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>Lines for the browser's consoles: apart from the pages' circuits, so that a busy console never slows a page.</summary>
[Authorize(Policy = nameof(Capability.WatchConsoles))]
public sealed class ConsoleHub(Actors actors, ConsoleStreams streams, ConsoleReader reader, ConsoleAccess access, PortalSessions sessions, TimeProvider time) : Hub
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/console";

    /// <summary>The last lines of a source and all that follow, in batches.</summary>
    /// <param name="server">On which server.</param>
    /// <param name="source">Its name: see <see cref="ConsoleSource"/>.</param>
    /// <param name="position">Where the browser was when its connection broke, as the last message told; empty at first.</param>
    /// <param name="cancel">The browser has left.</param>
    public async IAsyncEnumerable<ConsoleMessage> Watch(Guid server, string source, string? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var opened = await AskAsync(source, (actor, known) => streams.OpenAsync(actor, server, known, ConsolePosition.Parse(position), cancel), cancel);
        if (!opened.IsDone)
        {
            yield return ConsoleMessage.OfProblem(opened.Error.Message);
            yield break;
        }

        await using var subscription = opened.Value;
        var asked = time.GetTimestamp();
        await foreach (var batch in subscription.WithCancellation(cancel))
        {
            // The stream is older than whatever was decided meanwhile: nobody who was signed out sees another line for long.
            if (time.GetElapsedTime(asked) >= RevalidatingAuthenticationState.Interval)
            {
                if (await RefuseAsync(server, source, cancel) is { } problem)
                {
                    yield return ConsoleMessage.OfProblem(problem);
                    yield break;
                }

                asked = time.GetTimestamp();
            }

            yield return ConsoleMessage.Of(batch);
        }
    }

    /// <summary>A page of the past.</summary>
    /// <param name="mark">The line before or after which; empty for the newest.</param>
    /// <param name="isAfter">Which of them.</param>
    /// <param name="count">How many lines.</param>
    public async Task<ConsolePageMessage> Page(Guid server, string source, string? mark, bool isAfter, int count)
    {
        var cancel = Context.ConnectionAborted;
        var known = LogMark.Parse(mark);
        var page = await AskAsync(
            source,
            (actor, where) => isAfter && known is not null ? reader.AfterAsync(actor, server, where, known, count, cancel) : reader.BeforeAsync(actor, server, where, known, count, cancel),
            cancel);
        return page.IsDone ? new ConsolePageMessage(ConsoleLines.Of(page.Value.Lines), page.Value.IsEnd, null) : new ConsolePageMessage(null, true, Words(page.Error));
    }

    /// <summary>A full-text search that runs on the server, and stops when the browser leaves it.</summary>
    public async IAsyncEnumerable<ConsoleFindingsMessage> Search(
        Guid server, string source, string text, bool isRegex, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var search = await AskAsync(source, (actor, known) => reader.SearchAsync(actor, server, known, new LogQuery(text ?? "", isRegex, from, to), cancel), cancel);
        if (!search.IsDone)
        {
            yield return new ConsoleFindingsMessage(null, 0, null, Words(search.Error));
            yield break;
        }

        await foreach (var found in search.Value.WithCancellation(cancel))
            yield return new ConsoleFindingsMessage(found.Lines.Count == 0 ? null : ConsoleLines.Of(found.Lines), found.Scanned, Words(found.End), found.Error is null ? null : Words(found.Error));
    }

    private async Task<Result<T>> AskAsync<T>(string source, Func<Actor, ConsoleSource, Task<Result<T>>> ask, CancellationToken cancel) =>
        ConsoleSource.TryParse(source, out var known) && await actors.OfAsync(Context.User, cancel) is { } actor ? await ask(actor, known) : Error.NotFound;

    private async Task<string?> RefuseAsync(Guid server, string source, CancellationToken cancel)
    {
        if (Context.User?.FindSessionId() is not { } session || !await sessions.IsGoodAsync(session, isUsed: false, cancel))
            return "You are signed out. Sign in again to watch.";
        return await actors.OfAsync(Context.User, cancel) is not { } now || !ConsoleSource.TryParse(source, out var known) || await access.RefuseAsync(now, server, known, cancel) is not null
            ? "You may not watch this any more. Ask an owner or an admin of the team."
            : null;
    }

    private static string Words(Error error) => error.Advice is null ? error.Message : $"{error.Message} {error.Advice}";

    private static string? Words(LogSearchEnd? end) => end switch
    {
        null => null,
        LogSearchEnd.Done => "Everything in that time was looked at.",
        LogSearchEnd.EnoughFound => "There is more: these are the first that were found. Choose a shorter time.",
        LogSearchEnd.TooMuch => "The log is larger than one search looks at. Choose a shorter time.",
        LogSearchEnd.TooLong => "The search took too long and was ended. Choose a shorter time.",
        _ => throw new InvalidOperationException("Not an end."),
    };
}

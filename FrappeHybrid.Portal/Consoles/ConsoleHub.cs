using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>Live container output for the browser's terminal: apart from the pages' circuits, so that a busy console never slows a page.</summary>
[Authorize(Policy = nameof(Capability.WatchConsoles))]
public sealed class ConsoleHub(Actors actors, ConsoleStreams streams, PortalSessions sessions, TimeProvider time) : Hub
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/console";

    /// <summary>The container's last lines and all that follow, in batches.</summary>
    /// <param name="position">Where the browser was when its connection broke, as the last message told; empty at first.</param>
    public async IAsyncEnumerable<ConsoleMessage> Watch(Guid bench, string service, string? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!BenchServices.TryParse(service, out var known) || await actors.OfAsync(Context.User, cancel) is not { } actor)
        {
            yield return ConsoleMessage.OfProblem(Error.NotFound.Message);
            yield break;
        }

        var opened = await streams.OpenAsync(actor, bench, known, cancel);
        if (!opened.IsDone)
        {
            yield return ConsoleMessage.OfProblem(opened.Error.Message);
            yield break;
        }

        await using var subscription = opened.Value;
        var place = ConsolePlace.Parse(position);
        var asked = time.GetTimestamp();
        await foreach (var batch in subscription.WithCancellation(cancel))
        {
            // The stream is older than whatever was decided meanwhile: nobody who was signed out sees another line for long.
            if (time.GetElapsedTime(asked) >= RevalidatingAuthenticationState.Interval)
            {
                if (Context.User?.FindSessionId() is not { } session || !await sessions.IsGoodAsync(session, isUsed: false, cancel))
                {
                    yield return ConsoleMessage.OfProblem("You are signed out. Sign in again to watch.");
                    yield break;
                }

                if (await actors.OfAsync(Context.User, cancel) is not { } now || await streams.RefuseAsync(now, bench, cancel) is not null)
                {
                    yield return ConsoleMessage.OfProblem("You may not watch this any more. Ask an owner or an admin of the team.");
                    yield break;
                }

                asked = time.GetTimestamp();
            }

            var fresh = place.Take(batch.Lines);
            yield return new ConsoleMessage([.. fresh.Select(line => TerminalText.Colours(line.Text))], batch.Skipped, batch.Notice is null ? null : TerminalText.Plain(batch.Notice), batch.Connection.ToString(), place.ToString(), null);
        }
    }
}

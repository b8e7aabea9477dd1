using System.Runtime.CompilerServices;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>Live container output for the browser's terminal: apart from the pages' circuits, so that a busy console never slows a page.</summary>
[Authorize(Policy = nameof(Permission.WatchConsoles))]
public sealed class ConsoleHub(ActorQueries actors, ConsoleStreams streams) : Hub
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/console";

    /// <summary>The container's last lines and all that follow, in batches.</summary>
    /// <param name="position">Where the browser was when its connection broke, as the last message told; empty at first.</param>
    public async IAsyncEnumerable<ConsoleMessage> Watch(Guid bench, string service, string? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!BenchServices.TryParse(service, out var known) || Context.User?.FindUserId() is not { } user || await actors.ForUserAsync(user, cancel) is not { } actor)
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
        await foreach (var batch in subscription.WithCancellation(cancel))
        {
            var fresh = place.Take(batch.Lines);
            yield return new ConsoleMessage([.. fresh.Select(line => TerminalText.Colours(line.Text))], batch.Skipped, batch.Notice is null ? null : TerminalText.Plain(batch.Notice), batch.Connection.ToString(), place.ToString(), null);
        }
    }
}

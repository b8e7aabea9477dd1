using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Terminals;

/// <summary>The recording of a terminal as a file (asciicast 2): for the player of its page, and to keep.</summary>
internal static class RecordingEndpoint
{
    private const string Path = "/terminals/{id:guid}/recording";

    public static string For(Guid terminal) => $"/terminals/{terminal}/recording";

    public static void MapTerminalRecording(this WebApplication portal) => portal.MapGet(Path, SendAsync).RequireAuthorization(nameof(Capability.ViewActivity));

    private static async Task<IResult> SendAsync(Guid id, HttpContext context, Actors actors, TerminalQueries terminals, CancellationToken cancel)
    {
        if (await actors.OfAsync(context.User, cancel) is not { } actor || await terminals.RecordingAsync(actor, id, cancel) is not { IsDone: true } found)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(found.Value, "application/x-asciicast", $"terminal-{id}.cast");
    }
}

using System.Globalization;
using System.Text;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>All lines of a time range as a text file: streamed from the server, so that its length does not matter.</summary>
internal static class ConsoleDownload
{
    private const string Path = "/servers/{id:guid}/consoles/{source}/text";

    /// <summary>The address without a range.</summary>
    public static string For(Guid server, ConsoleSource source) => $"/servers/{server}/consoles/{source}/text";

    public static void MapConsoleDownload(this WebApplication portal) => portal.MapGet(Path, SendAsync).RequireAuthorization(nameof(Capability.WatchConsoles));

    private static async Task SendAsync(HttpContext context, Guid id, string source, DateTimeOffset? from, DateTimeOffset? to, Actors actors, ConsoleReader reader, CancellationToken cancel)
    {
        if (!ConsoleSource.TryParse(source, out var known) || await actors.OfAsync(context.User, cancel) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var range = await reader.RangeAsync(actor, id, known, from, to, cancel);
        if (!range.IsDone)
        {
            context.Response.StatusCode = range.Error.Code is "forbidden" ? StatusCodes.Status403Forbidden : range.Error == Error.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;
            return;
        }

        await using var lines = range.Value.GetAsyncEnumerator(cancel);
        try
        {
            // The first line decides whether there is a file at all.
            var hasLine = await lines.MoveNextAsync();
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(known)}\"";
            await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024);
            for (; hasLine; hasLine = await lines.MoveNextAsync())
                await writer.WriteAsync(Text(lines.Current));
        }
        catch (AgentException exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync(exception.Error.Message, cancel);
        }
        catch (AgentException)
        {
            // Half a file must not look like a whole one.
            context.Abort();
        }
    }

    /// <summary>"service:main:backend" as "main-backend.log".</summary>
    internal static string FileName(ConsoleSource source)
    {
        var name = source.ToString();
        var parts = name.Split(':');
        name = string.Join('-', parts.Length > 1 ? parts[1..] : parts);
        return name.EndsWith(".log", StringComparison.Ordinal) ? name : $"{name}.log";
    }

    private static string Text(ConsoleLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ} {(line.Service is { } service ? service.Name() + " " : "")}{TerminalText.Plain(line.Line.Text)}\n");
}

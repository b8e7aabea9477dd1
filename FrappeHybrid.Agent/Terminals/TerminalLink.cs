using System.Net.WebSockets;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>Joins a shell and the portal's connection: each side waits while the other is behind, and the end of one is the end of both.</summary>
internal sealed class TerminalLink(WebSocket socket, TerminalShell shell, TimeProvider time)
{
    /// <summary>A connection that died without a word is noticed within this, even while a program takes no input.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Until the shell ends or the portal leaves.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var output = SendAsync(leave.Token);
        var receiving = ReceiveAsync(leave.Token);
        Task[] all = [output, receiving, WatchAsync(leave.Token)];
        await Task.WhenAny(all);
        if (output.IsCompletedSuccessfully)
        {
            // A cancelled receive would reset the connection, and the last words with it: the portal closes its side once it has them.
            await SayEndAsync(leave.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await receiving.WaitAsync(Farewell, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await leave.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await shell.Stream.ReadAsync(buffer, cancel)) > 0)
            await socket.SendAsync(buffer.AsMemory(0, read), WebSocketMessageType.Binary, endOfMessage: true, cancel);
    }

    private async Task ReceiveAsync(CancellationToken cancel)
    {
        var buffer = new byte[TerminalPaths.LongestMessage];
        while (true)
        {
            var read = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(read), cancel);
                read += part.Count;
            }
            while (!part.EndOfMessage && read < buffer.Length);

            // The portal sends nothing longer; whatever this is, it is not understood.
            if (part.MessageType is WebSocketMessageType.Close || !part.EndOfMessage)
                return;

            if (part.MessageType is WebSocketMessageType.Binary)
            {
                await shell.Stream.WriteAsync(buffer.AsMemory(0, read), cancel);
                await shell.Stream.FlushAsync(cancel);
            }
            else if (Parse(buffer.AsSpan(0, read)) is { } size)
            {
                await shell.ResizeAsync(size, cancel);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancel)
    {
        while (socket.State is WebSocketState.Open)
            await Task.Delay(Look, time, cancel);
    }

    private async Task SayEndAsync(CancellationToken cancel)
    {
        var exit = new TerminalExit(await shell.ExitCodeAsync(cancel));
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(exit, TerminalJson.Default.TerminalExit), WebSocketMessageType.Text, endOfMessage: true, cancel);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancel);
    }

    private static TerminalSize? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, TerminalJson.Default.TerminalSize) is { } size ? TerminalSize.Near(size.Columns, size.Rows) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

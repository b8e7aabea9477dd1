using System.Net.WebSockets;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Terminals;

/// <summary>A shell on a server, for as long as the connection to it lasts.</summary>
public sealed class AgentTerminal(WebSocket socket, IDisposable connection) : IDisposable
{
    private readonly byte[] buffer = new byte[TerminalPaths.LongestMessage];

    /// <summary>What the shell prints, piece by piece, good until the next call; null at its end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(read), cancel);
                read += part.Count;
            }
            while (!part.EndOfMessage && part.MessageType is WebSocketMessageType.Text && read < buffer.Length);

            if (part.MessageType is WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return null;
            }

            if (part.MessageType is WebSocketMessageType.Binary)
            {
                // A piece is whatever has come: bytes need no message around them.
                return buffer.AsMemory(0, read);
            }

            ExitCode = JsonSerializer.Deserialize(buffer.AsSpan(0, read), TerminalJson.Default.TerminalExit)?.ExitCode;
        }
    }

    /// <summary>The shell's exit code, once it has ended by itself; null when the connection ended before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Types something. Writing and resizing are for one caller at a time.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        for (var at = 0; at < bytes.Length; at += TerminalPaths.LongestMessage)
            await socket.SendAsync(bytes[at..Math.Min(bytes.Length, at + TerminalPaths.LongestMessage)], WebSocketMessageType.Binary, endOfMessage: true, cancel);
    }

    /// <summary>Tells the shell how large its terminal is now.</summary>
    public async Task ResizeAsync(TerminalSize size, CancellationToken cancel) =>
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(size, TerminalJson.Default.TerminalSize), WebSocketMessageType.Text, endOfMessage: true, cancel);

    /// <summary>Ends the connection, and with it the shell.</summary>
    public void Dispose()
    {
        socket.Dispose();
        connection.Dispose();
    }
}

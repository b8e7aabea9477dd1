using System.Net.WebSockets;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Terminals;

/// <summary>A shell on a server, for as long as the connection to it lasts.</summary>
public sealed class AgentTerminal(WebSocket socket, IDisposable connection) : IDisposable
{
    private readonly TerminalWire wire = new(socket);

    /// <summary>What the shell prints, piece by piece, good until the next call; null at its end. While nobody calls, the shell waits after a while.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancel)
    {
        while (await wire.ReadAsync(cancel) is { } item)
        {
            if (item.Note is null)
                return item.Bytes;
            ExitCode = item.Note.ExitCode ?? ExitCode;
        }

        return null;
    }

    /// <summary>The shell's exit code, once it has ended by itself; null when the connection ended before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Types something; waits while the shell takes no input. Writing is for one caller at a time.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => wire.WriteAsync(bytes, cancel);

    /// <summary>Tells the shell how large its terminal is now.</summary>
    public Task ResizeAsync(TerminalSize size, CancellationToken cancel) => wire.SayAsync(new TerminalNote(Size: size), cancel);

    /// <summary>Ends the connection, and with it the shell.</summary>
    public void Dispose()
    {
        wire.Dispose();
        connection.Dispose();
    }
}

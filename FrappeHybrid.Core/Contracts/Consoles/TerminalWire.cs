using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>
/// One end of a terminal's connection, the same for portal and Agent. It reads all the time: a WebSocket that is not read answers no pings, and a shell whose window was
/// slow for half a minute would be taken for one that nobody holds. So who sends waits by an account of its own: what was sent and not taken is at most <see cref="Window"/>.
/// </summary>
public sealed class TerminalWire : IDisposable
{
    /// <summary>How much may be on its way.</summary>
    public const int Window = 256 * 1024;

    private const int Step = 16 * 1024;

    private readonly Lock gate = new();
    private readonly WebSocket socket;
    private readonly SemaphoreSlim oneSender = new(1, 1);
    private readonly Channel<TerminalItem> items = Channel.CreateUnbounded<TerminalItem>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private TaskCompletionSource taken = NewTaken();
    private int onItsWay;
    private int kept;
    private int last;
    private int untold;

    /// <summary>Begins to read; the socket is this one's from now on.</summary>
    public TerminalWire(WebSocket socket)
    {
        this.socket = socket;
        Closed = ReceiveAsync();
    }

    /// <summary>Ends when the other side has said that nothing more comes, or with what broke the connection.</summary>
    public Task Closed { get; }

    /// <summary>The next that has come, good until the next call, which tells the other side that this one was taken; null at the end. For one caller.</summary>
    public async ValueTask<TerminalItem?> ReadAsync(CancellationToken cancel)
    {
        await TellTakenAsync(cancel);
        if (!await items.Reader.WaitToReadAsync(cancel) || !items.Reader.TryRead(out var item))
            return null;
        last = item.Bytes.Length;
        lock (gate)
            kept -= SizeOf(item);
        return item;
    }

    /// <summary>Sends bytes; waits while the other side has too many that it has not taken. For one caller.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        for (var at = 0; at < bytes.Length; at += TerminalPaths.LongestMessage)
        {
            var part = bytes[at..Math.Min(bytes.Length, at + TerminalPaths.LongestMessage)];
            await WaitForRoomAsync(part.Length, cancel);
            await SendAsync(part, WebSocketMessageType.Binary, cancel);
        }
    }

    /// <summary>Tells the other side.</summary>
    public Task SayAsync(TerminalNote note, CancellationToken cancel) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(note, TerminalJson.Default.TerminalNote), WebSocketMessageType.Text, cancel);

    /// <summary>Nothing more comes from here.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await oneSender.WaitAsync(cancel);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancel);
        }
        finally
        {
            oneSender.Release();
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        socket.Dispose();
        oneSender.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[TerminalPaths.LongestMessage];
            while (await ReceiveAsync(buffer) is { } item)
            {
                if (item.Note is { Taken: { } bytes })
                    MakeRoom(bytes);
                else
                    Keep(item);
            }

            items.Writer.Complete();
            await FinishAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception exception)
        {
            items.Writer.TryComplete(exception);
            throw;
        }
    }

    // A piece of a message of bytes is as good as the message; a note is one message. Null when nothing more comes.
    private async Task<TerminalItem?> ReceiveAsync(byte[] buffer)
    {
        var read = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(read), CancellationToken.None);
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            read += part.Count;
            if (part.MessageType is WebSocketMessageType.Binary)
                return new TerminalItem(buffer.AsSpan(0, read).ToArray());
            if (part.EndOfMessage)
                return new TerminalItem(default, JsonSerializer.Deserialize(buffer.AsSpan(0, read), TerminalJson.Default.TerminalNote));
            if (read == buffer.Length)
                throw new IOException("A note of a terminal has no end.");
        }
    }

    private void Keep(TerminalItem item)
    {
        lock (gate)
            kept += SizeOf(item);

        // Whoever is there keeps no account, and would fill the memory.
        if (kept > 2 * Window)
            throw new IOException("More was sent than may be on its way.");
        items.Writer.TryWrite(item);
    }

    private async Task WaitForRoomAsync(int bytes, CancellationToken cancel)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (onItsWay + bytes <= Window)
                {
                    onItsWay += bytes;
                    return;
                }

                more = taken.Task;
            }

            await more.WaitAsync(cancel);
        }
    }

    private void MakeRoom(int bytes)
    {
        lock (gate)
        {
            onItsWay -= Math.Clamp(bytes, 0, onItsWay);
            taken.SetResult();
            taken = NewTaken();
        }
    }

    // Not each piece: every 16 KB keep a flood going.
    private async Task TellTakenAsync(CancellationToken cancel)
    {
        untold += last;
        last = 0;
        if (untold < Step)
            return;
        try
        {
            await SayAsync(new TerminalNote(Taken: untold), cancel);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            // The other side has gone; what it has sent before is still to be read.
        }

        untold = 0;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancel)
    {
        await oneSender.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(bytes, type, endOfMessage: true, cancel);
        }
        finally
        {
            oneSender.Release();
        }
    }

    private static int SizeOf(TerminalItem item) => item.Note is null ? item.Bytes.Length : 64;

    private static TaskCompletionSource NewTaken() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

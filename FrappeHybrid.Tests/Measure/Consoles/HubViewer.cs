using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>One viewer of a console without a browser: the hub's own protocol over a WebSocket.</summary>
internal sealed class HubViewer(Uri portal, string cookie, string server, string source, Latencies latencies) : IDisposable
{
    private const byte End = 0x1e;
    private readonly ClientWebSocket socket = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", portal.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{portal.Authority}/hubs/console"), cancel);
        await SendAsync("""{"protocol":"json","version":1}""", cancel);
        await SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target = "Watch", arguments = new object?[] { server, source, null } }), cancel);
        var buffer = new byte[1024 * 1024];
        var held = 0;
        while (!cancel.IsCancellationRequested)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(held), cancel);
            if (read.Count == 0)
                throw new InvalidOperationException("A viewer's connection was closed.");
            held += read.Count;
            var whole = buffer.AsSpan(0, held).LastIndexOf(End) + 1;
            if (whole == 0)
                continue;
            WrittenLines.Take(buffer.AsSpan(0, whole), "\"w "u8, latencies);
            buffer.AsSpan(whole, held - whole).CopyTo(buffer);
            held -= whole;
        }
    }

    public void Dispose() => socket.Dispose();

    private Task SendAsync(string text, CancellationToken cancel) => socket.SendAsync(Encoding.UTF8.GetBytes(text + (char)End), WebSocketMessageType.Text, true, cancel);
}

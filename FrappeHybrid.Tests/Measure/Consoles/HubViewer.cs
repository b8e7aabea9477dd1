using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>One viewer of a console without a browser: the hub's own protocol over a WebSocket.</summary>
internal sealed class HubViewer(Uri portal, CookieContainer cookies, Guid server, string source) : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket socket = new();
    private readonly List<double> latencies = [];

    public long Lines { get; private set; }

    public IReadOnlyList<double> Latencies => latencies;

    public async Task RunAsync(CancellationToken cancel)
    {
        socket.Options.Cookies = cookies;
        socket.Options.SetRequestHeader("Origin", portal.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{portal.Authority}/hubs/console"), cancel);
        await SendAsync("""{"protocol":"json","version":1}""", cancel);
        await SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target = "Watch", arguments = new object?[] { server, source, null } }), cancel);
        var pending = new MemoryStream();
        var buffer = new byte[256 * 1024];
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
                var from = 0;
                for (var at = 0; at < read.Count; at++)
                {
                    if (buffer[at] != End)
                        continue;
                    pending.Write(buffer, from, at - from);
                    Take(pending.GetBuffer().AsMemory(0, (int)pending.Length));
                    pending.SetLength(0);
                    from = at + 1;
                }

                pending.Write(buffer, from, read.Count - from);
            }
        }
        catch (OperationCanceledException)
        {
            // Measured long enough.
        }
    }

    public void Forget()
    {
        latencies.Clear();
        Lines = 0;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        if (!document.RootElement.TryGetProperty("item", out var item) || !item.TryGetProperty("lines", out var lines))
            return;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var texts = lines.GetProperty("texts");
        Lines += texts.GetArrayLength();
        var last = texts[texts.GetArrayLength() - 1].GetString()!.Split(' ');
        if (last is ["w", var stamp, _])
            latencies.Add(now - double.Parse(stamp, CultureInfo.InvariantCulture));
    }

    private Task SendAsync(string text, CancellationToken cancel) => socket.SendAsync(Encoding.UTF8.GetBytes(text + End), WebSocketMessageType.Text, true, cancel);
}

using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>The Agent's side of one terminal: a real WebSocket over pipes, whose shell is the test.</summary>
internal sealed class FakeTerminal : IDisposable
{
    private readonly TerminalWire wire;
    private readonly CancellationTokenSource stop = new();
    private readonly Stream stream;

    private FakeTerminal(Stream stream)
    {
        this.stream = stream;
        wire = new TerminalWire(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true }));
        Closed = ReceiveAsync();
    }

    /// <summary>What was typed, message by message.</summary>
    public Channel<string> Typed { get; } = Channel.CreateUnbounded<string>();

    /// <summary>The sizes that it was given.</summary>
    public Channel<TerminalSize> Sizes { get; } = Channel.CreateUnbounded<TerminalSize>();

    /// <summary>Ends when the portal has let go of it.</summary>
    public Task Closed { get; }

    /// <summary>The answer to the portal's upgrade, and the shell behind it.</summary>
    public static (HttpResponseMessage Answer, FakeTerminal Terminal) Open()
    {
        var options = new PipeOptions(useSynchronizationContext: false);
        var (up, down) = (new Pipe(options), new Pipe(options));
        var answer = new HttpResponseMessage(HttpStatusCode.SwitchingProtocols) { Content = new Upgraded(new Duplex(down.Reader.AsStream(), up.Writer.AsStream())) };
        return (answer, new FakeTerminal(new Duplex(up.Reader.AsStream(), down.Writer.AsStream())));
    }

    public Task PrintAsync(string text) => PrintAsync(Encoding.UTF8.GetBytes(text));

    public Task PrintAsync(byte[] bytes) => wire.WriteAsync(bytes, stop.Token);

    /// <summary>Prints unless the portal has let go of it.</summary>
    public async Task TryPrintAsync(string text)
    {
        try
        {
            await PrintAsync(text);
        }
        catch (Exception ending) when (ending is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has gone.
        }
    }

    /// <summary>The shell ends by itself.</summary>
    public async Task ExitAsync(int code)
    {
        await wire.SayAsync(new TerminalNote(ExitCode: code), stop.Token);
        await wire.FinishAsync(stop.Token);
    }

    /// <summary>The line is cut.</summary>
    public void Break()
    {
        stop.Cancel();
        stream.Dispose();
    }

    public void Dispose()
    {
        Break();
        wire.Dispose();
        stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await wire.ReadAsync(stop.Token) is { } item)
            {
                if (item.Note is { Size: { } size })
                    Sizes.Writer.TryWrite(size);
                else
                    Typed.Writer.TryWrite(Encoding.UTF8.GetString(item.Bytes.Span));
            }
        }
        catch (Exception ending) when (ending is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The portal has gone.
        }
    }

    /// <summary>An answer whose body can be written to.</summary>
    private sealed class Upgraded(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Duplex(Stream read, Stream write) : DelegatingReadStream(read)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count) => write.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => write.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => write.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => write.FlushAsync(cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                write.Dispose();
            base.Dispose(disposing);
        }
    }
}

using System.Net.Sockets;

namespace FrappeHybrid.Agent.Docker;

/// <summary>A stream to the engine with a connection of its own.</summary>
internal sealed class DockerStream(HttpMessageInvoker invoker, HttpResponseMessage response, Stream stream, Socket socket) : IAsyncDisposable
{
    public Stream Stream { get; } = stream;

    /// <summary>Says that nothing more will be written: the program in the container reads the end of its standard input.</summary>
    public void CloseWriting() => socket.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        // The socket first: disposing of a chunked response otherwise tries to read the rest of a stream that has no end.
        socket.Dispose();
        await Stream.DisposeAsync();
        response.Dispose();
        invoker.Dispose();
    }
}

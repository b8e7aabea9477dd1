using System.Globalization;
using System.Text;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// A process in a container that waits on its standard input to be told which program to become. It has the program's streams and exit code, because it is the same
/// process; it ends by itself when its input ends, so that a killed Agent leaves none.
/// </summary>
internal sealed class SpareExec : IAsyncDisposable
{
    /// <summary>
    /// Reads a count and as many words, each ended by a NUL, and becomes what they name. `read` takes byte by byte from a pipe: what follows is left for the program.
    /// `env` sets the words with "=" at the beginning, which is how a program's environment comes.
    /// </summary>
    private const string Wait =
        """IFS= read -r -d "" n || exit 0; w=(); for ((i = 0; i < n; i++)); do IFS= read -r -d "" x || exit 125; w+=("$x"); done; exec env "${w[@]}" """;

    private readonly DockerConnection connection;
    private readonly DockerStream stream;
    private readonly FrameReader frames;
    private readonly string id;
    private readonly CancellationTokenSource leave = new();
    private readonly Task<Frame?> first;

    private SpareExec(DockerConnection connection, string id, DockerStream stream)
    {
        (this.connection, this.id, this.stream) = (connection, id, stream);
        frames = new FrameReader(stream.Stream);
        first = frames.ReadAsync(leave.Token).AsTask();
    }

    /// <summary>It waits; one whose container was stopped does not any more.</summary>
    public bool IsAlive => !first.IsCompleted;

    public static async Task<SpareExec> StartAsync(DockerConnection connection, string container, CancellationToken cancel)
    {
        var (id, stream) = await DockerExec.StartAsync(connection, new ExecRequest(container, ["bash", "-c", Wait]), cancel);
        return new SpareExec(connection, id, stream);
    }

    /// <summary>Tells it what to become; false when it was gone before it could know, so that another one may be asked.</summary>
    public async Task<bool> TryBecomeAsync(ExecRequest request, CancellationToken cancel)
    {
        List<string> words = [.. request.Environment, .. request.Command];
        var told = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{words.Count}\0{string.Join('\0', words)}"));
        try
        {
            // It cannot have begun before the last NUL.
            await stream.Stream.WriteAsync(told, cancel);
            await stream.Stream.FlushAsync(cancel);
        }
        catch (IOException)
        {
            return false;
        }

        byte[] rest = [0, .. request.StandardInput.Span];
        await stream.Stream.WriteAsync(rest, cancel);
        await stream.Stream.FlushAsync(cancel);
        stream.CloseWriting();
        return true;
    }

    /// <summary>The program's output to its end, and its exit code.</summary>
    public async Task<int> RunAsync(Action<Frame> onOutput, CancellationToken cancel)
    {
        using var left = cancel.Register(leave.Cancel);
        for (var frame = await first; frame is { } piece; frame = await frames.ReadAsync(leave.Token))
            onOutput(piece);
        return await DockerExec.ExitCodeAsync(connection, id, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await leave.CancelAsync();
        await stream.DisposeAsync();
        await first.ContinueWith(_ => { }, TaskScheduler.Default);
        leave.Dispose();
    }
}

using System.Globalization;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Docker;

/// <summary>Runs a program in a running container, its input and both outputs on one upgraded connection.</summary>
internal sealed class DockerExec(DockerConnection connection)
{
    /// <summary>
    /// Runs it to its end and gives its exit code. Cancelling only leaves it: the program itself goes on, because the engine has no call to end it;
    /// whoever wants that ends it through <see cref="ContainerProcesses"/> first.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="onOutput">Gets every piece of output as it comes; the bytes are good during the call only.</param>
    /// <param name="cancel">Leaves it.</param>
    public Task<int> RunAsync(ExecRequest request, Action<Frame> onOutput, CancellationToken cancel) => RunAsync(
        request,
        frame =>
        {
            onOutput(frame);
            return ValueTask.CompletedTask;
        },
        cancel);

    /// <summary>The same for much output: the program waits while whoever takes it is behind.</summary>
    public async Task<int> RunAsync(ExecRequest request, Func<Frame, ValueTask> onOutput, CancellationToken cancel)
    {
        var (id, opened) = await StartAsync(connection, request, cancel);
        await using (var stream = opened)
        {
            if (request.StandardInput.Length > 0)
                await stream.Stream.WriteAsync(request.StandardInput, cancel);

            await stream.Stream.FlushAsync(cancel);
            stream.CloseWriting();

            var frames = new FrameReader(stream.Stream);
            while (await frames.ReadAsync(cancel) is { } frame)
                await onOutput(frame);
        }

        return await ExitCodeAsync(connection, id, cancel);
    }

    /// <summary>Starts it and leaves its streams to the caller; nothing has been written to it.</summary>
    internal static async Task<(string Id, DockerStream Stream)> StartAsync(DockerConnection connection, ExecRequest request, CancellationToken cancel)
    {
        var id = await CreateAsync(connection, request, cancel);
        return (id, await connection.OpenAsync(
            HttpMethod.Post, $"/exec/{id}/start", DockerEngine.Json(new StartExec(Detach: false, request.IsTerminal), DockerJson.Default.StartExec), upgrade: true, cancel));
    }

    /// <summary>Tells a program with a terminal how large that is.</summary>
    internal static Task ResizeAsync(DockerConnection connection, string id, TerminalSize size, CancellationToken cancel) => connection.CallAsync(
        HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/exec/{id}/resize?h={size.Rows}&w={size.Columns}"), content: null, cancel);

    /// <summary>Of a program whose streams have ended.</summary>
    internal static async Task<int> ExitCodeAsync(DockerConnection connection, string id, CancellationToken cancel)
    {
        var details = await connection.GetAsync($"/exec/{id}/json", DockerJson.Default.ExecDetails, cancel);
        return details.ExitCode ?? throw new DockerException(
            DockerFault.Unavailable, string.Create(CultureInfo.InvariantCulture, $"The Docker engine lost the program (process {details.Pid}) before it ended."));
    }

    /// <summary>Whether a program that was started has not ended.</summary>
    internal static async Task<bool> IsRunningAsync(DockerConnection connection, string id, CancellationToken cancel) =>
        (await connection.GetAsync($"/exec/{id}/json", DockerJson.Default.ExecDetails, cancel)).Running;

    private static async Task<string> CreateAsync(DockerConnection connection, ExecRequest request, CancellationToken cancel)
    {
        var exec = new NewExec(
            AttachStdin: true, AttachStdout: true, AttachStderr: true, request.IsTerminal, request.Command, request.Environment, request.User, request.WorkingFolder);
        var answer = await connection.PostAsync(
            $"/containers/{request.Container}/exec", DockerEngine.Json(exec, DockerJson.Default.NewExec), DockerJson.Default.CreatedObject, cancel);
        return answer.Id;
    }
}

/// <summary>A program to run in a container.</summary>
/// <param name="Container">Its name.</param>
/// <param name="Command">Program and arguments; never holds a secret, because every user of the server can read it.</param>
internal sealed record ExecRequest(string Container, IReadOnlyList<string> Command)
{
    /// <summary>What it reads; the way for secrets.</summary>
    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>NAME=value, on top of the container's own.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Null for the image's own.</summary>
    public string? User { get; init; }

    /// <summary>Null for the image's own.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Gives it a terminal: its stream is the bytes as they are, both outputs as one and without frames.</summary>
    public bool IsTerminal { get; init; }
}

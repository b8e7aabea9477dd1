using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>A shell with a terminal in a container, as the user frappe in the bench's folder. It and all that was started in it end when this is disposed of.</summary>
internal sealed class TerminalShell : IAsyncDisposable
{
    private const string BenchInContainer = "/home/frappe/frappe-bench";

    private const int Rounds = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DockerConnection connection;
    private readonly ContainerProcesses processes;
    private readonly BenchName bench;
    private readonly Guid id;
    private readonly string exec;
    private readonly DockerStream stream;
    private readonly TimeProvider time;

    private TerminalShell(DockerConnection connection, ContainerProcesses processes, BenchName bench, Guid id, string exec, DockerStream stream, TimeProvider time) =>
        (this.connection, this.processes, this.bench, this.id, this.exec, this.stream, this.time) = (connection, processes, bench, id, exec, stream, time);

    /// <summary>What is typed and what is printed, as bytes.</summary>
    public Stream Stream => stream.Stream;

    public static async Task<TerminalShell> StartAsync(
        DockerConnection connection, ContainerProcesses processes, BenchName bench, string container, TerminalSize size, TimeProvider time, CancellationToken cancel)
    {
        var terminal = Guid.CreateVersion7(time.GetUtcNow());

        // No login shell: Debian's /etc/profile would take away the PATH that the image has set, and with it node and bench.
        var request = new ExecRequest(container, ["bash"])
        {
            IsTerminal = true,
            User = ServerLayout.User,
            WorkingFolder = BenchInContainer,
            Environment = [ContainerProcesses.Marker(bench, terminal), "TERM=xterm-256color", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"],
        };
        var (exec, stream) = await DockerExec.StartAsync(connection, request, cancel);
        var shell = new TerminalShell(connection, processes, bench, terminal, exec, stream, time);
        await shell.ResizeAsync(size, cancel);
        return shell;
    }

    /// <summary>Gives it another size. One that has just ended needs none.</summary>
    public async Task ResizeAsync(TerminalSize size, CancellationToken cancel)
    {
        try
        {
            await DockerExec.ResizeAsync(connection, exec, size, cancel);
        }
        catch (DockerException exception) when (exception.Fault is not DockerFault.Unavailable)
        {
            // It has ended, or the engine has it only half: the next size comes with the next change of the window.
        }
    }

    /// <summary>Once its stream has ended; the engine may know the code only a moment later.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancel)
    {
        for (var round = 0; round < Rounds && await DockerExec.IsRunningAsync(connection, exec, cancel); round++)
            await Task.Delay(Pause, time, cancel);
        return await DockerExec.ExitCodeAsync(connection, exec, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();

        // The engine lets a program go on whose stream was closed; and it may have been asked to start this one and not have done it yet.
        for (var round = 0; round < Rounds; round++)
        {
            await processes.HangUpAsync(bench, id, CancellationToken.None);
            if (!await IsRunningAsync())
                return;
            await Task.Delay(Pause, time);
        }
    }

    private async Task<bool> IsRunningAsync()
    {
        try
        {
            return await DockerExec.IsRunningAsync(connection, exec, CancellationToken.None);
        }
        catch (DockerException)
        {
            // Its container is gone, or the engine is, and with it all that ran there.
            return false;
        }
    }
}

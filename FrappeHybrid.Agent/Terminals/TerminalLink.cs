using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>Joins a shell and the portal's connection: each side waits while the other is behind, and the end of one is the end of both.</summary>
internal sealed class TerminalLink(TerminalWire wire, TerminalShell shell, TimeProvider time)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Until the shell ends or the portal leaves.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var output = SendAsync(leave.Token);
        var input = TakeAsync(leave.Token);
        await Task.WhenAny(output, wire.Closed);
        if (output.IsCompletedSuccessfully)
        {
            // Letting go would reset the connection, and the last words with it: the portal closes its side once it has them.
            await SayEndAsync(leave.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await wire.Closed.WaitAsync(Farewell, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await leave.CancelAsync();
        await Task.WhenAll(output, input).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await shell.Stream.ReadAsync(buffer, cancel)) > 0)
            await wire.WriteAsync(buffer.AsMemory(0, read), cancel);
    }

    // A shell that takes no input any more has ended, which its output says.
    private async Task TakeAsync(CancellationToken cancel)
    {
        while (await wire.ReadAsync(cancel) is { } item)
        {
            if (item.Note is { Size: { } size })
            {
                await shell.ResizeAsync(TerminalSize.Near(size.Columns, size.Rows), cancel);
            }
            else if (!item.Bytes.IsEmpty)
            {
                await shell.Stream.WriteAsync(item.Bytes, cancel);
                await shell.Stream.FlushAsync(cancel);
            }
        }
    }

    private async Task SayEndAsync(CancellationToken cancel)
    {
        await wire.SayAsync(new TerminalNote(ExitCode: await shell.ExitCodeAsync(cancel)), cancel);
        await wire.FinishAsync(cancel);
    }
}

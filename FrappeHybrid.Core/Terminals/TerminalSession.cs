using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Terminals;

/// <summary>An open terminal: the shell on the server, its recording, and the window of its person, which may go and come back for a while.</summary>
internal sealed class TerminalSession
{
    /// <summary>What may wait for a shell that takes no input; what is typed or pasted then is dropped.</summary>
    public const int MostWaiting = 1024 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly AgentTerminal shell;
    private readonly TerminalRecording recording;
    private readonly TimeProvider time;
    private readonly Channel<Item> input = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<TerminalEnd> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TerminalSize size;
    private int waiting;
    private long typedAt;
    private long printedAt;
    private long seenAt;

    public TerminalSession(Terminal terminal, Actor actor, AgentTerminal shell, TerminalRecording recording, TerminalSize size, TimeProvider time)
    {
        (Terminal, Actor, this.shell, this.recording, this.size, this.time) = (terminal, actor, shell, recording, size, time);
        typedAt = printedAt = seenAt = time.GetTimestamp();
    }

    /// <summary>As it was stored at its beginning.</summary>
    public Terminal Terminal { get; }

    /// <summary>Who opened it.</summary>
    public Actor Actor { get; }

    public TerminalScreen Screen { get; } = new();

    public TerminalRecording Recording => recording;

    public int? ExitCode => shell.ExitCode;

    /// <summary>It is over, and its end is perhaps not written down yet.</summary>
    public bool IsOver => ending.Task.IsCompleted;

    /// <summary>Runs it to its end; tells why it ended. The recording is whole then.</summary>
    public async Task<TerminalEnd> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        Task[] parts = [OutputAsync(stop.Token), InputAsync(stop.Token), ClockAsync(stop.Token)];
        var end = await ending.Task;
        await stop.CancelAsync();
        shell.Dispose();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await TryCloseRecordingAsync() ? end : TerminalEnd.Unrecorded;
    }

    /// <summary>Ends it; the first reason counts.</summary>
    public void End(TerminalEnd why) => ending.TrySetResult(why);

    /// <summary>Types something; where the shell is too far behind it is dropped, and the window is told.</summary>
    /// <param name="bytes">What.</param>
    /// <param name="isByHand">A person did; otherwise the widget answers a question that the program asked of its terminal, and nobody need be there.</param>
    public void Type(ReadOnlyMemory<byte> bytes, bool isByHand)
    {
        if (isByHand)
            Touch(ref typedAt);
        if (Interlocked.Add(ref waiting, bytes.Length) > MostWaiting)
        {
            Interlocked.Add(ref waiting, -bytes.Length);
            Screen.Tell("The shell takes no input now: what was typed last was dropped.");
            return;
        }

        input.Writer.TryWrite(new Item(bytes, Size: null));
    }

    public void Resize(TerminalSize wanted)
    {
        if (wanted != size)
            input.Writer.TryWrite(new Item(default, size = wanted));
    }

    /// <summary>Its window was opened or has gone.</summary>
    public void Seen() => Touch(ref seenAt);

    private async Task<bool> TryCloseRecordingAsync()
    {
        try
        {
            await recording.DisposeAsync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task OutputAsync(CancellationToken cancel)
    {
        try
        {
            while (await shell.ReadAsync(cancel) is { } bytes)
            {
                Touch(ref printedAt);
                recording.Output(bytes.Span);
                await Screen.WriteAsync(bytes, cancel);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            // What the exit code says is known by then, or not.
        }

        End(shell.ExitCode is null ? TerminalEnd.Lost : TerminalEnd.Exited);
    }

    private async Task InputAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var item in input.Reader.ReadAllAsync(cancel))
            {
                if (item.Size is { } wanted)
                {
                    recording.Resize(wanted);
                    await shell.ResizeAsync(wanted, cancel);
                    continue;
                }

                await shell.WriteAsync(item.Bytes, cancel);
                Interlocked.Add(ref waiting, -item.Bytes.Length);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            // A shell that has ended takes no input: its output says how it ended.
        }
    }

    private async Task ClockAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Tick, time, cancel);
                await recording.FlushAsync();
                if (Screen.IsSeen)
                    Seen();
                else if (Since(ref seenAt) >= TerminalRules.Linger)
                    End(TerminalEnd.Left);
                LookWhetherIdle();
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
        catch (IOException)
        {
            // What cannot be recorded does not go on.
            End(TerminalEnd.Unrecorded);
        }
    }

    private void LookWhetherIdle()
    {
        var typed = Since(ref typedAt);
        var quiet = Since(ref printedAt) is var printed && printed < typed ? printed : typed;
        var left = TimeSpan.FromTicks(Math.Min((TerminalRules.Idle - quiet).Ticks, (TerminalRules.Unattended - typed).Ticks));
        if (left <= TimeSpan.Zero)
            End(TerminalEnd.Idle);
        else
            Screen.Warn(left <= TerminalRules.Warning ? "Nobody types here. This terminal ends within 2 minutes; press a key to keep it." : "");
    }

    private void Touch(ref long at) => Interlocked.Exchange(ref at, time.GetTimestamp());

    private TimeSpan Since(ref long at) => time.GetElapsedTime(Interlocked.Read(ref at));

    private static bool IsBroken(Exception exception) => exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or JsonException;

    /// <summary>Something typed, or a size.</summary>
    private readonly record struct Item(ReadOnlyMemory<byte> Bytes, TerminalSize? Size);
}

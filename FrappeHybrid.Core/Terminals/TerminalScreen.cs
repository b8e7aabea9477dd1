namespace FrappeHybrid.Core.Terminals;

/// <summary>
/// What a shell has printed lately, for the one window that looks at it. A window that comes back is shown what is kept; one that is slow holds the shell up, as a
/// terminal does; without a window the shell goes on.
/// </summary>
internal sealed class TerminalScreen
{
    /// <summary>How much is kept, and how much a window may be behind.</summary>
    public const int Kept = 256 * 1024;

    private const int LongestPiece = 32 * 1024;

    private readonly Lock gate = new();
    private readonly byte[] ring = new byte[Kept];
    private long written;
    private Reader? reader;
    private string warning = "";
    private string? end;
    private TaskCompletionSource changed = NewChange();

    /// <summary>A window looks at it.</summary>
    public bool IsSeen
    {
        get
        {
            lock (gate)
                return reader is not null;
        }
    }

    /// <summary>Adds what was printed; waits while the window is too far behind.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (reader is null || written + bytes.Length - reader.Taken <= Kept)
                {
                    Append(bytes.Span);
                    Pulse();
                    return;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Tells the window; an empty text takes it back.</summary>
    public void Warn(string text)
    {
        lock (gate)
        {
            if (warning == text)
                return;
            warning = text;
            Pulse();
        }
    }

    /// <summary>Tells the window something once.</summary>
    public void Tell(string notice)
    {
        lock (gate)
        {
            if (reader is not null)
                reader.Notice = notice;
            Pulse();
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Finish(string text)
    {
        lock (gate)
        {
            end ??= text;
            Pulse();
        }
    }

    /// <summary>A window looks from now on; another one that did looks no longer.</summary>
    public Reader Open()
    {
        lock (gate)
        {
            reader = new Reader(Start());
            Pulse();
            return reader;
        }
    }

    /// <summary>The window has gone.</summary>
    public void Close(Reader window)
    {
        lock (gate)
        {
            if (reader == window)
                reader = null;
            Pulse();
        }
    }

    /// <summary>The window has shown so many bytes more.</summary>
    public void Take(Reader window, long bytes)
    {
        lock (gate)
        {
            window.Taken = Math.Clamp(window.Taken + Math.Max(0, bytes), window.Taken, window.Sent);
            Pulse();
        }
    }

    /// <summary>The next piece for the window; null when it has had the last one.</summary>
    public async ValueTask<TerminalPiece?> ReadAsync(Reader window, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (window.IsOver)
                    return null;
                if (Next(window) is { } piece)
                    return piece;
                next = changed.Task;
            }

            await next.WaitAsync(cancel);
        }
    }

    private TerminalPiece? Next(Reader window)
    {
        if (reader != window)
        {
            window.IsOver = true;
            return new TerminalPiece(default, End: "This terminal is used in another window now.", IsElsewhere: true);
        }

        if (window.Sent < written)
        {
            var bytes = Copy(window.Sent, (int)Math.Min(LongestPiece, written - window.Sent));
            window.Sent += bytes.Length;
            return new TerminalPiece(bytes);
        }

        if (window.Notice is { } notice)
        {
            window.Notice = null;
            return new TerminalPiece(default, Notice: notice);
        }

        if (window.Warning != warning)
            return new TerminalPiece(default, Warning: window.Warning = warning);
        if (end is null)
            return null;
        window.IsOver = true;
        return new TerminalPiece(default, End: end);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var at = (int)(written % Kept);
        var first = Math.Min(bytes.Length, Kept - at);
        bytes[..first].CopyTo(ring.AsSpan(at));
        bytes[first..].CopyTo(ring);
        written += bytes.Length;
    }

    private byte[] Copy(long from, int count)
    {
        var bytes = new byte[count];
        var at = (int)(from % Kept);
        var first = Math.Min(count, Kept - at);
        ring.AsSpan(at, first).CopyTo(bytes);
        ring.AsSpan(0, count - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    // What was overwritten may have ended in the middle of a character or a sequence: a line's beginning is a safe place.
    private long Start()
    {
        if (written <= Kept)
            return 0;
        var oldest = written - Kept;
        var line = Copy(oldest, Kept).AsSpan().IndexOf((byte)'\n');
        return line < 0 ? oldest : oldest + line + 1;
    }

    private void Pulse()
    {
        changed.SetResult();
        changed = NewChange();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How far one window is, counted in bytes from the shell's beginning.</summary>
    internal sealed class Reader(long start)
    {
        public long Sent { get; set; } = start;

        public long Taken { get; set; } = start;

        public string Warning { get; set; } = "";

        public string? Notice { get; set; }

        public bool IsOver { get; set; }
    }
}

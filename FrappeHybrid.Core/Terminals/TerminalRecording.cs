using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Terminals;

/// <summary>
/// Writes down what a shell prints and how large its terminal is, as asciicast 2: a header, then one line an event with its time. What is typed is not written: it is
/// seen where the shell shows it, and a password that is typed without being shown is in no recording.
/// </summary>
internal sealed class TerminalRecording : IAsyncDisposable
{
    /// <summary>So much is kept whatever it is. Then floods are left out and what a person would read goes on being kept: work that follows a long log is not without a record.</summary>
    public const long Most = 16 * 1024 * 1024;

    /// <summary>The largest file.</summary>
    public const long Largest = 2 * Most;

    /// <summary>What is kept at once when the most is reached, and again when it was quiet for a while.</summary>
    private const int Burst = 64 * 1024;

    private const int BurstSeconds = 16;

    // Only what JSON must escape: a terminal's text is full of what the usual encoder writes as six characters.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();
    private readonly SemaphoreSlim oneFlush = new(1, 1);
    private readonly FileStream file;
    private readonly TimeProvider time;
    private readonly long began;
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private MemoryStream pending = new();
    private long length;
    private long leftOut;
    private long floodedAt;
    private double spared = Burst;

    public TerminalRecording(FileStream file, TerminalSize size, string title, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        began = time.GetTimestamp();
        Add($"{{\"version\":2,\"width\":{size.Columns},\"height\":{size.Rows},\"timestamp\":{time.GetUtcNow().ToUnixTimeSeconds()},\"title\":{JsonSerializer.Serialize(title, Json)}}}\n");
    }

    /// <summary>How much the shell has printed, kept or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>It printed more than is kept: parts of it are missing.</summary>
    public bool IsCut { get; private set; }

    public void Output(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            Bytes += bytes.Length;
            if (length > Most && !IsSpared(bytes.Length))
            {
                leftOut += bytes.Length;
                IsCut = true;
                return;
            }

            TellLeftOut();

            // A character may go on in the next piece: the decoder keeps its beginning.
            var characters = new char[bytes.Length + 2];
            var count = decoder.GetChars(bytes, characters, flush: false);
            if (count > 0)
                Event("o", new string(characters, 0, count));
        }
    }

    public void Resize(TerminalSize size)
    {
        lock (gate)
        {
            if (length <= Largest)
                Event("r", string.Create(CultureInfo.InvariantCulture, $"{size.Columns}x{size.Rows}"));
        }
    }

    /// <summary>Puts into the file what has come since.</summary>
    public async Task FlushAsync()
    {
        await oneFlush.WaitAsync();
        try
        {
            MemoryStream full;
            lock (gate)
            {
                if (pending.Length == 0)
                    return;
                (full, pending) = (pending, new MemoryStream());
            }

            await file.WriteAsync(full.GetBuffer().AsMemory(0, (int)full.Length));
            await file.FlushAsync();
        }
        finally
        {
            oneFlush.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
            TellLeftOut();
        try
        {
            await FlushAsync();
        }
        finally
        {
            await file.DisposeAsync();
            oneFlush.Dispose();
        }
    }

    private bool IsSpared(int bytes)
    {
        spared = Math.Min(Burst, spared + time.GetElapsedTime(floodedAt).TotalSeconds * Burst / BurstSeconds);
        floodedAt = time.GetTimestamp();
        if (length > Largest || bytes > spared)
            return false;
        spared -= bytes;
        return true;
    }

    private void TellLeftOut()
    {
        if (leftOut == 0)
            return;
        Event("m", string.Create(CultureInfo.InvariantCulture, $"{leftOut} bytes are left out here: more was printed than a recording holds."));
        leftOut = 0;
        decoder.Reset();
    }

    private void Event(string kind, string text) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"[{time.GetElapsedTime(began).TotalSeconds:0.000000},\"{kind}\",{JsonSerializer.Serialize(text, Json)}]\n"));

    private void Add(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        length += bytes.Length;
        pending.Write(bytes);
    }
}

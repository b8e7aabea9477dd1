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
    /// <summary>The largest file; what is printed then is counted and not kept.</summary>
    public const long Most = 16 * 1024 * 1024;

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

    public TerminalRecording(FileStream file, TerminalSize size, string title, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        began = time.GetTimestamp();
        Add($"{{\"version\":2,\"width\":{size.Columns},\"height\":{size.Rows},\"timestamp\":{time.GetUtcNow().ToUnixTimeSeconds()},\"title\":{JsonSerializer.Serialize(title, Json)}}}\n");
    }

    /// <summary>How much the shell has printed, kept or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>It printed more than is kept.</summary>
    public bool IsCut { get; private set; }

    public void Output(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            Bytes += bytes.Length;
            if (IsCut)
                return;
            if (length > Most)
            {
                IsCut = true;
                Event("m", "The recording is full.");
                return;
            }

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
            if (!IsCut)
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
        await FlushAsync();
        await file.DisposeAsync();
        oneFlush.Dispose();
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

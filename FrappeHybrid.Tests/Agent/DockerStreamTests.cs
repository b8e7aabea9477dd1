using System.Buffers.Binary;
using System.Text;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Agent.Docker;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>What the engine sends as output, however it is cut.</summary>
public sealed class DockerStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Frames_come_whole_however_the_socket_cuts_them(int piece)
    {
        var stream = new CutStream([.. Frame(1, "hello\n"), .. Frame(2, "wörld\n"), .. Frame(1, ""), .. Frame(1, "end")], piece);
        var frames = new FrameReader(stream);
        var seen = new List<(bool, string)>();
        while (await frames.ReadAsync(Xunit.TestContext.Current.CancellationToken) is { } frame)
            seen.Add((frame.IsError, Encoding.UTF8.GetString(frame.Bytes.Span)));

        Assert.Equal([(false, "hello\n"), (true, "wörld\n"), (false, ""), (false, "end")], seen);
    }

    [Fact]
    public async Task A_stream_that_breaks_in_a_frame_gives_what_came()
    {
        var frames = new FrameReader(new CutStream([.. Frame(1, "hello")[..10]], 100));
        Assert.Equal("he", Encoding.UTF8.GetString((await frames.ReadAsync(Xunit.TestContext.Current.CancellationToken))!.Value.Bytes.Span));
        Assert.Null(await frames.ReadAsync(Xunit.TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_no_frame_is_refused_before_memory_is_taken_for_it()
    {
        var frames = new FrameReader(new CutStream("GET / HTTP/1.1\r\n"u8.ToArray(), 100));
        await Assert.ThrowsAsync<DockerException>(async () => await frames.ReadAsync(Xunit.TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Lines_end_at_both_ends_and_characters_stay_whole(int piece)
    {
        var lines = new List<string>();
        var assembler = new LineAssembler(lines.Add);
        var bytes = Encoding.UTF8.GetBytes("grün\r\n€uro 😀\rprogress 1%\rprogress 2%\n\nprompt: ");
        foreach (var part in bytes.Chunk(piece))
            assembler.Add(part);

        assembler.Flush();
        Assert.Equal(["grün", "€uro 😀", "progress 1%", "progress 2%", "prompt: "], lines);
    }

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_is_whole()
    {
        var lines = new List<string>();
        var assembler = new LineAssembler(lines.Add, longestLine: 10);
        assembler.Add("aaaaaaaaaaaaaaaaaaaaaaaaaaa\nb\n"u8);
        Assert.Equal(["aaaaaaaaaa…", "b"], lines);
    }

    [Fact]
    public void Log_messages_become_lines_and_long_ones_are_joined()
    {
        var cursor = new LogCursor();
        Assert.Null(cursor.Take(Message("2026-11-21T20:00:00.000000001Z", "beginning, ")));
        var line = cursor.Take(Message("2026-11-21T20:00:00.000000002Z", "end\r\n"));
        Assert.Equal("beginning, end", line?.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero), line?.At);
    }

    private static Frame Message(string stamp, string text) => new(IsError: false, Encoding.UTF8.GetBytes($"{stamp} {text}"));

    private static byte[] Frame(byte stream, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var frame = new byte[8 + payload.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }

    /// <summary>Gives at most so many bytes at a time, as a socket may.</summary>
    private sealed class CutStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}

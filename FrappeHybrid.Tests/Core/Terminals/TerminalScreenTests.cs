using System.Text;
using FrappeHybrid.Core.Terminals;
using Xunit;

namespace FrappeHybrid.Tests.Core.Terminals;

/// <summary>What a window sees of what a shell prints, whether it is slow, gone or replaced.</summary>
public sealed class TerminalScreenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_is_printed_comes_in_its_order()
    {
        var screen = new TerminalScreen();
        var window = screen.Open();
        var writing = Task.Run(
            async () =>
            {
                for (var line = 0; line < 60_000; line++)
                    await screen.WriteAsync(Encoding.ASCII.GetBytes($"line {line}\n"), Cancel);
                screen.Finish("over");
            },
            Cancel);
        var text = new StringBuilder();
        while (await screen.ReadAsync(window, Cancel) is { } piece)
        {
            text.Append(Encoding.ASCII.GetString(piece.Bytes.Span));
            screen.Take(window, piece.Bytes.Length);
        }

        await writing;
        Assert.Equal(string.Concat(Enumerable.Range(0, 60_000).Select(line => $"line {line}\n")), text.ToString());
    }

    [Fact]
    public async Task A_window_that_shows_nothing_stops_the_shell_until_it_does_or_goes()
    {
        var screen = new TerminalScreen();
        var window = screen.Open();
        var chunk = new byte[16 * 1024];
        for (var written = 0; written < TerminalScreen.Kept; written += chunk.Length)
            await screen.WriteAsync(chunk, Cancel);
        var next = screen.WriteAsync(chunk, Cancel).AsTask();
        Assert.False(next.IsCompleted);

        // What was not sent cannot have been shown.
        screen.Take(window, chunk.Length);
        Assert.False(next.IsCompleted);
        var piece = (await screen.ReadAsync(window, Cancel))!;
        screen.Take(window, piece.Bytes.Length);
        await next.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        await screen.WriteAsync(new byte[piece.Bytes.Length - chunk.Length], Cancel);

        var last = screen.WriteAsync(chunk, Cancel).AsTask();
        Assert.False(last.IsCompleted);
        screen.Close(window);
        await last.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Without_a_window_the_newest_is_kept_from_the_beginning_of_a_line()
    {
        var screen = new TerminalScreen();
        for (var line = 0; line < 40_000; line++)
            await screen.WriteAsync(Encoding.UTF8.GetBytes($"Zeile {line} größer\n"), Cancel);
        screen.Finish("over");
        var window = screen.Open();
        var bytes = new List<byte>();
        while (await screen.ReadAsync(window, Cancel) is { } piece)
            bytes.AddRange(piece.Bytes.ToArray());
        var text = Encoding.UTF8.GetString([.. bytes]);
        Assert.StartsWith("Zeile ", text, StringComparison.Ordinal);
        Assert.EndsWith("Zeile 39999 größer\n", text, StringComparison.Ordinal);
        Assert.InRange(bytes.Count, TerminalScreen.Kept - 100, TerminalScreen.Kept);
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public async Task A_second_window_takes_over_from_the_first()
    {
        var screen = new TerminalScreen();
        var first = screen.Open();
        await screen.WriteAsync("seen by both"u8.ToArray(), Cancel);
        Assert.Equal(12, (await screen.ReadAsync(first, Cancel))!.Bytes.Length);
        var waiting = screen.ReadAsync(first, Cancel).AsTask();
        var second = screen.Open();
        Assert.True((await waiting.WaitAsync(TimeSpan.FromMinutes(1), Cancel))!.IsElsewhere);
        Assert.Null(await screen.ReadAsync(first, Cancel));
        Assert.Equal(12, (await screen.ReadAsync(second, Cancel))!.Bytes.Length);
        screen.Close(first);
        Assert.True(screen.IsSeen);
        screen.Close(second);
        Assert.False(screen.IsSeen);
    }
}

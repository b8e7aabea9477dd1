using System.IO.Compression;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>A log file on the disk: read back over its older ones, followed over rotation and emptying.</summary>
public sealed class FileConsoleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("file-console-").FullName;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private string Log => Path.Combine(folder, "access.log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_past_goes_over_older_files_and_packed_ones()
    {
        await using (var packed = new GZipStream(File.Create($"{Log}.2.gz"), CompressionLevel.Fastest))
            await packed.WriteAsync("oldest 1\noldest 2\noldest 3\n"u8.ToArray(), Cancel);
        await File.WriteAllTextAsync($"{Log}.1", "old 1\nold 2\n", Cancel);
        await File.WriteAllTextAsync(Log, "new 1\nnew 2\nhalf a li", Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "access.log.bak"), "not one of them\n", Cancel);

        Assert.Equal(["oldest 1", "oldest 2", "oldest 3", "old 1", "old 2", "new 1", "new 2"], await ReadAsync(null));
        Assert.Equal(["new 2"], await ReadAsync(1));
        Assert.Equal(["old 2", "new 1", "new 2"], await ReadAsync(3));
        Assert.Equal(["oldest 3", "old 1", "old 2", "new 1", "new 2"], await ReadAsync(5));
    }

    [Fact]
    public async Task A_long_file_is_read_from_its_end()
    {
        await File.WriteAllTextAsync(Log, string.Concat(Enumerable.Range(0, 50_000).Select(number => $"line {number} with some text behind it\n")), Cancel);
        var last = await ReadAsync(3_000);
        Assert.Equal((3_000, "line 47000 with some text behind it"), (last.Count, last[0]));
    }

    [Fact]
    public async Task Lines_have_the_times_that_stand_in_them()
    {
        await File.WriteAllTextAsync(
            Log,
            "  continued from above\n203.0.113.7 - - [21/Nov/2026:20:15:01 +0100] \"GET / HTTP/1.1\" 200 5\n2026/11/21 19:15:02 [error] 7#7: refused\n2026-11-21 19:15:03,250 ERROR frappe Traceback\n  File \"x\"\n",
            Cancel);

        var lines = await LinesAsync(null);

        var at = new DateTimeOffset(2026, 11, 21, 19, 15, 1, TimeSpan.Zero);
        Assert.Equal([at, at, at.AddSeconds(1), at.AddSeconds(2.25), at.AddSeconds(2.25)], lines.Select(line => line.At));
        var two = new List<string>();
        await foreach (var line in Console().ReadAsync(null, at.AddSeconds(1), at.AddSeconds(2), Cancel))
            two.Add(line.Text);
        Assert.Equal(["2026/11/21 19:15:02 [error] 7#7: refused"], two);
    }

    [Fact]
    public async Task It_is_followed_over_rotation_and_emptying_without_a_line_lost_or_twice()
    {
        await File.WriteAllTextAsync(Log, "one\ntwo\nthr", Cancel);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var outlet = new LogOutlet(TimeProvider.System);
        var following = Console().FollowAsync(outlet, 100, null, leave.Token);
        await using var batches = outlet.ReadAsync(leave.Token).GetAsyncEnumerator(leave.Token);
        var (texts, notices) = (new List<string>(), new List<string>());

        await UntilAsync(batches, texts, notices, () => texts.Count == 2);
        await File.AppendAllTextAsync(Log, "ee\nfour\nfive without an end", Cancel);
        await UntilAsync(batches, texts, notices, () => texts.Count == 4);

        // As logrotate does: the writer goes on in the old file for a moment.
        File.Move(Log, $"{Log}.1");
        await File.AppendAllTextAsync($"{Log}.1", ", but now\nsix\n", Cancel);
        await File.WriteAllTextAsync(Log, "seven\n", Cancel);
        await UntilAsync(batches, texts, notices, () => texts.Count == 7);

        await File.WriteAllTextAsync(Log, "8\n", Cancel);
        await UntilAsync(batches, texts, notices, () => texts.Count == 8);

        Assert.Equal(["one", "two", "three", "four", "five without an end, but now", "six", "seven", "8"], texts);
        Assert.Equal(["access.log was emptied"], notices);
        await leave.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_file_that_is_not_there_yet_is_waited_for()
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var outlet = new LogOutlet(TimeProvider.System);
        var following = Console().FollowAsync(outlet, 100, null, leave.Token);
        await using var batches = outlet.ReadAsync(leave.Token).GetAsyncEnumerator(leave.Token);
        var (texts, notices) = (new List<string>(), new List<string>());
        await UntilAsync(batches, texts, notices, () => notices.Count == 1);
        await File.WriteAllTextAsync(Log, "here\n", Cancel);
        await UntilAsync(batches, texts, notices, () => texts.Count == 1);
        Assert.Equal("access.log does not exist yet", notices[0]);
        await leave.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public void The_journal_says_what_and_when_and_how_bad()
    {
        var line = JournalConsole.Parse("""{"MESSAGE":"FrappeHybrid.Agent[0] it failed","PRIORITY":"3","__REALTIME_TIMESTAMP":"1795291200000001"}""");
        Assert.Equal(new LogLine(DateTimeOffset.FromUnixTimeSeconds(1795291200).AddTicks(10), "ERROR FrappeHybrid.Agent[0] it failed", true), line);
        Assert.Equal("INFO hé", JournalConsole.Parse("""{"MESSAGE":[104,195,169],"PRIORITY":"6","__REALTIME_TIMESTAMP":"1"}""")?.Text);
        Assert.All(new[] { "", "nonsense", "[]", "{}", """{"MESSAGE":"x","__REALTIME_TIMESTAMP":"y"}""" }, text => Assert.Null(JournalConsole.Parse(text)));
    }

    private static async Task UntilAsync(IAsyncEnumerator<LogBatch> batches, List<string> texts, List<string> notices, Func<bool> isEnough)
    {
        while (!isEnough())
        {
            Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancel));
            texts.AddRange(batches.Current.Lines.Select(line => line.Text));
            if (batches.Current.Notice is { } notice)
                notices.Add(notice);
        }
    }

    private FileConsole Console() => new(new LogFiles(folder, "access.log", Open), TimeZoneInfo.Utc, text => text, TimeProvider.System);

    private SafeFileHandle? Open(string name) =>
        File.Exists(Path.Combine(folder, name)) ? File.OpenHandle(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

    private async Task<List<string>> ReadAsync(int? tail) => [.. (await LinesAsync(tail)).Select(line => line.Text)];

    private async Task<List<LogLine>> LinesAsync(int? tail)
    {
        var lines = new List<LogLine>();
        await foreach (var line in Console().ReadAsync(tail, null, null, Cancel))
            lines.Add(line);
        return lines;
    }
}

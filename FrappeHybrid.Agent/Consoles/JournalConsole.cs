using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>The journal of the Agent's own unit, by `journalctl` with an argument list. Who may read it is the unit's to say: the group adm.</summary>
/// <param name="command">The program and what it is always given.</param>
/// <param name="time">Now.</param>
internal sealed class JournalConsole(IReadOnlyList<string> command, TimeProvider time) : ILogSource
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>Between two lines of the past there is never so much time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<string> arguments = [];
        if (tail is { } lines)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--lines={lines}"));
        if (from is { } begin)
            arguments.Add($"--since={Seconds(begin)}");
        if (to is { } end)
            arguments.Add($"--until={Seconds(end)}");
        using var process = Start(arguments);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancel) is { } text)
            {
                if (Parse(text) is { } line)
                    yield return line;
            }
        }
        finally
        {
            End(process);
        }
    }

    /// <inheritdoc/>
    public async Task FollowAsync(LogOutlet outlet, int tail, LogMark? after, CancellationToken cancel)
    {
        var recent = new RecentLines(after);
        var isSaid = false;
        while (true)
        {
            using var process = Start(["--follow", string.Create(CultureInfo.InvariantCulture, $"--lines={(recent.Mark is null ? tail : LogPast.MostMissed)}")]);
            try
            {
                if (await FollowAsync(process.StandardOutput, outlet, recent, cancel))
                    await outlet.SayAsync("the journal's reader ended; reading it again", cancel);
                else if (!isSaid)
                    await outlet.SayAsync("The Agent may not read its journal: the set-up of the server, run again, lets it.", cancel);
                isSaid = true;
            }
            finally
            {
                End(process);
            }

            await Task.Delay(Again, time, cancel);
        }
    }

    /// <summary>False when there was not a single line.</summary>
    private async Task<bool> FollowAsync(StreamReader reader, LogOutlet outlet, RecentLines recent, CancellationToken cancel)
    {
        var history = new List<LogLine>();
        var next = reader.ReadLineAsync(cancel).AsTask();
        while (await Task.WhenAny(next, Task.Delay(history.Count == 0 ? Again : Pause, time, cancel)) == next && await next is { } text)
        {
            if (Parse(text) is { } line)
                history.Add(line);
            next = reader.ReadLineAsync(cancel).AsTask();
        }

        cancel.ThrowIfCancellationRequested();
        List<LogLine> fresh = recent.Mark is { } mark ? [.. history.Skip(mark.After(history, out _))] : history;
        await outlet.BeginAsync(fresh, cancel);
        recent.Add("journal", fresh);
        while (await next is { } text)
        {
            if (Parse(text) is { } line)
            {
                recent.Add("journal", [line]);
                await outlet.WriteAsync([line], cancel);
            }

            next = reader.ReadLineAsync(cancel).AsTask();
        }

        return history.Count > 0;
    }

    /// <summary>One entry as journalctl writes it in JSON; null for what is none.</summary>
    internal static LogLine? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var entry = document.RootElement;
            if (!entry.TryGetProperty("MESSAGE", out var message) || !entry.TryGetProperty("__REALTIME_TIMESTAMP", out var stamp) || !long.TryParse(stamp.GetString(), CultureInfo.InvariantCulture, out var microseconds))
                return null;
            var priority = entry.TryGetProperty("PRIORITY", out var level) ? level.GetString() : null;
            var words = message.ValueKind switch
            {
                JsonValueKind.String => message.GetString()!,

                // What is no text the journal gives as numbers.
                JsonValueKind.Array => System.Text.Encoding.UTF8.GetString([.. message.EnumerateArray().Select(each => each.GetByte())]),
                _ => "",
            };
            return new LogLine(LogMark.FromMicroseconds(microseconds), $"{Word(priority)} {words}", priority is "0" or "1" or "2" or "3");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Word(string? priority) => priority switch
    {
        "0" or "1" or "2" or "3" => "ERROR",
        "4" => "WARNING",
        "7" => "DEBUG",
        _ => "INFO",
    };

    private static string Seconds(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"@{at.ToUnixTimeMilliseconds() / 1000m:0.000}");

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "--output=json", "--output-fields=MESSAGE,PRIORITY", "--no-pager", "--quiet", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            process.Dispose();
            throw new Api.ApiException(StatusCodes.Status409Conflict, "journal-missing", $"The Agent's log cannot be read: {command[0]} does not start on this server.", exception.Message);
        }

        process.StandardInput.Close();
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return process;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}

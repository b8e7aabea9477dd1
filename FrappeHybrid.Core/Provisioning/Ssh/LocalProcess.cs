using System.Diagnostics;
using System.Text;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Runs programs of this machine with bounded time and bounded memory.</summary>
internal static class LocalProcess
{
    // A killed client of a control master can leave its pipe open in the master's hands, so no read may wait for ever.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);

    /// <summary>Runs it to its end; kills it when time is up or on cancel.</summary>
    public static async Task<LocalResult> RunAsync(LocalCommand command, TimeProvider time, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(command.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var process = Start(command);
        using var pipes = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var output = ReadAsync(process.StandardOutput.BaseStream, command.OutputLimit, command.OnOutput, pipes.Token);
        var errors = ReadAsync(process.StandardError.BaseStream, command.OutputLimit, null, pipes.Token);
        var input = WriteAsync(process, command.WriteInput, both.Token);
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            timedOut = !cancel.IsCancellationRequested;
        }

        pipes.CancelAfter(DrainTime);
        await input;
        var result = new LocalResult(timedOut ? -1 : process.HasExited ? process.ExitCode : -1, await output, await errors, timedOut);
        cancel.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>Starts it, all three streams in our hands.</summary>
    public static Process Start(LocalCommand command)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{command.Program} did not start.");
    }

    private static async Task WriteAsync(Process process, Func<Stream, CancellationToken, Task>? write, CancellationToken cancel)
    {
        try
        {
            var stream = process.StandardInput.BaseStream;
            if (write is not null)
            {
                await write(stream, cancel);
                await stream.FlushAsync(cancel);
            }

            process.StandardInput.Close();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // It ended without reading everything; its exit code says why.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, int limit, Action<string>? onText, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[16 * 1024];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(bytes, cancel)) > 0)
            {
                var count = decoder.GetChars(bytes, 0, read, characters, 0);
                if (onText is not null)
                    onText(new string(characters, 0, count));
                else if (kept.Length < limit)
                    kept.Append(characters, 0, Math.Min(count, limit - kept.Length));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // What was read until then is what there is.
        }

        return kept.ToString();
    }
}

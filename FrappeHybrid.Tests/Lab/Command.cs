using System.Diagnostics;

namespace FrappeHybrid.Tests.Lab;

/// <summary>Runs one program to its end. Arguments are a list; secrets go through standard input.</summary>
internal static class Command
{
    /// <summary>What it wrote to standard output; throws with the end of both outputs when it failed.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command,
        Func<Stream, Task>? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null,
        CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await FeedAsync(process, input);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode == 0)
                return await output;
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}:{Environment.NewLine}{End(await output)}{End(await errors)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // A program may end without having read all of it: that is no failure.
    private static async Task FeedAsync(Process process, Func<Stream, Task>? input)
    {
        try
        {
            if (input is not null)
                await input(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static string End(string text) => text.Length > 3000 ? $"...{text[^3000..]}" : text;
}

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>A program of this machine to run: an argument list, never a shell string.</summary>
internal sealed record LocalCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Beside PATH and LC_ALL, which are always set; nothing else of the portal's environment is handed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Writes standard input, which is closed afterwards; null for none.</summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Gets the output as it comes; without it the first <see cref="OutputLimit"/> characters are collected.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>How many characters of each stream are kept; the rest is read and dropped, so that nobody can fill the memory.</summary>
    public int OutputLimit { get; init; } = 256 * 1024;

    /// <summary>After that it is killed.</summary>
    public required TimeSpan Timeout { get; init; }
}

/// <summary>How it ended.</summary>
internal sealed record LocalResult(int ExitCode, string Output, string ErrorOutput, bool TimedOut);

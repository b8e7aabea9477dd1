using System.Text;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>
/// Sends a script and its values by standard input, as NUL-separated records. The values become variables of the shell that runs it, not of its environment:
/// so they are on no command line, in no process list, and no program it calls inherits them.
/// </summary>
internal static class RemoteScript
{
    // The text is evaluated in the shell that read it. Standard input ends there, so that no program it calls can read what is not meant for it.
    private const string Bootstrap = "mapfile -d \"\" -t r; exec < /dev/null; for v in \"${r[@]:1}\"; do declare -- \"$v\"; done; eval \"${r[0]}\"";

    /// <summary>A command that runs the script with the values.</summary>
    public static HostCommand Command(string script, IReadOnlyList<(string Name, string Value)> values, Action<string>? onOutput, TimeSpan timeout) => new(Bootstrap)
    {
        WriteInput = (stream, cancel) => stream.WriteAsync(Records([script, .. values.Select(value => $"{value.Name}={value.Value}")]), cancel).AsTask(),
        OnOutput = onOutput,
        Timeout = timeout,
    };

    /// <summary>The records, each ended by a NUL, which no record may hold.</summary>
    public static byte[] Records(IEnumerable<string> records)
    {
        var text = new StringBuilder();
        foreach (var record in records)
        {
            if (record.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException("A value holds a NUL character.", nameof(records));
            text.Append(record).Append('\0');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>The helper program that ssh asks for a one-time password: three constant lines, no secret.</summary>
internal static class AskPass
{
    /// <summary>Names the file that the helper prints.</summary>
    public const string FileVariable = "FRAPPE_HYBRID_ANSWER";

    // One answer only: a server that asks again, or asks something else, gets nothing more.
    private const string Text = $"""
        #!/bin/sh
        cat "${FileVariable}" && rm -f "${FileVariable}"
        """;

    /// <summary>Its path, after making it if need be.</summary>
    public static async Task<string> EnsureAsync(CoreOptions core, CancellationToken cancel)
    {
        var folder = Path.Combine(core.DataFolderPath, "ssh");
        var path = Path.Combine(folder, "askpass");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(path) || !string.Equals(await File.ReadAllTextAsync(path, cancel), Text + "\n", StringComparison.Ordinal))
        {
            var fresh = $"{path}.{Environment.ProcessId}";
            await File.WriteAllTextAsync(fresh, Text + "\n", cancel);
            File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.Move(fresh, path, overwrite: true);
        }

        return path;
    }
}

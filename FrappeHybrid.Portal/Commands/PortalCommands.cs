using System.CommandLine;

namespace FrappeHybrid.Portal.Commands;

/// <summary>What the program does besides being the portal. No secret is ever an argument: arguments stand in the list of processes.</summary>
internal static class PortalCommands
{
    /// <summary>Whether the arguments name a command. Everything else is for the portal's own settings, such as --urls.</summary>
    public static bool Are(string[] args) => args is [var first, ..] && (first is "--help" or "-h" or "-?" or "--version" || Root().Subcommands.Any(command => command.Name == first));

    /// <summary>Runs it; 0 when it was done, otherwise 1 after a sentence that says why.</summary>
    /// <param name="configuration">For tests: where it writes to.</param>
    public static Task<int> RunAsync(string[] args, InvocationConfiguration? configuration = null, CancellationToken cancel = default) => Root().Parse(args).InvokeAsync(configuration, cancel);

    private static RootCommand Root() => new("FrappeHybrid's portal. Without a command it serves; --urls http://127.0.0.1:5080 and the settings of appsettings.json (--Portal:DataFolder ...) go with that.")
    {
        BackupCommand.Make(),
        RestoreCommand.Make(),
        VerifyBackupCommand.Make(),
        VerifyActivityCommand.Make(),
    };
}

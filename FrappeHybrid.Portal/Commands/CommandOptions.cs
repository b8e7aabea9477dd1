using System.CommandLine;

namespace FrappeHybrid.Portal.Commands;

/// <summary>What several commands take.</summary>
internal static class CommandOptions
{
    public static Argument<string> File(string description) => new("file") { Description = description };

    public static Option<string?> DataFolder() => new("--data-folder") { Description = "The portal's data folder, instead of Portal:DataFolder of the settings." };

    public static Option<string?> PassphraseFile(string description) => new("--passphrase-file") { Description = $"{description} One line in a file; - reads it from standard input." };

    public static Option<string?> KeyFile(string description) => new("--key-file") { Description = description };
}

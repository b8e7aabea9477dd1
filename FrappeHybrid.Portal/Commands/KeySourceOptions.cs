using System.CommandLine;
using FrappeHybrid.Core.PortalBackups;

namespace FrappeHybrid.Portal.Commands;

/// <summary>Where a command finds the key of a backup: a key file, a passphrase, or what the settings say.</summary>
internal sealed class KeySourceOptions
{
    private readonly Option<string?> keyFile = CommandOptions.KeyFile("The key file of the portal that made the backup; otherwise Portal:KeyFile of the settings.");
    private readonly Option<string?> passphrase = CommandOptions.PassphraseFile("The passphrase, when the key is in the backup.");

    public void AddTo(Command command)
    {
        command.Options.Add(keyFile);
        command.Options.Add(passphrase);
        command.Validators.Add(given =>
        {
            if (given.GetValue(keyFile) is not null && given.GetValue(passphrase) is not null)
                given.AddError("Name either --key-file or --passphrase-file.");
        });
    }

    public async Task<Result<PortalKeySource>> ReadAsync(ParseResult given, CancellationToken cancel)
    {
        if (given.GetValue(passphrase) is not { } path)
            return new PortalKeySource(given.GetValue(keyFile) is { } file ? Path.GetFullPath(file) : null);
        var read = await CommandCore.ReadPassphraseAsync(path, cancel);
        return read.IsDone ? new PortalKeySource(Passphrase: read.Value) : read.Error;
    }
}

using System.CommandLine;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Commands;

/// <summary>`backup FILE`: one file with all that the portal needs but its key, while it runs.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        var file = CommandOptions.File("The backup to write; it must not be there yet.");
        var withKey = new Option<bool>("--with-key") { Description = "Puts the key in, closed with a passphrase of 12 characters or more. Without it the key file has to be kept apart." };
        var passphrase = CommandOptions.PassphraseFile("The passphrase for --with-key.");
        var dataFolder = CommandOptions.DataFolder();
        var keyFile = CommandOptions.KeyFile("The portal's key file, instead of Portal:KeyFile of the settings.");
        var command = new Command("backup", "Writes a backup of the portal, which may be running.") { file, withKey, passphrase, dataFolder, keyFile };
        command.Validators.Add(given =>
        {
            if (given.GetValue(withKey) != given.GetValue(passphrase) is not null)
                given.AddError("--with-key and --passphrase-file go together.");
        });
        command.SetAction(async (given, cancel) =>
        {
            var (to, problems) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
            var read = given.GetValue(passphrase) is { } source ? await CommandCore.ReadPassphraseAsync(source, cancel) : null;
            if (read is { IsDone: false })
                return await CommandCore.SayAsync(problems, read.Error);
            await using var core = CommandCore.Make(given.GetValue(dataFolder), given.GetValue(keyFile));
            var target = Path.GetFullPath(given.GetRequiredValue(file));
            var made = await core.GetRequiredService<PortalBackupWriter>().WriteAsync(target, read?.Value, cancel);
            if (!made.IsDone)
                return await CommandCore.SayAsync(problems, made.Error);
            await to.WriteLineAsync($"{target}: {Human.Bytes(new FileInfo(target).Length)}, the portal {made.Value.PortalVersion} of {Human.Exact(made.Value.MadeAt)}.");
            await to.WriteLineAsync(made.Value.HasKey
                ? "The key is in it, closed with the passphrase: keep the passphrase apart from it."
                : $"The key is not in it: keep a copy of {core.GetRequiredService<CoreOptions>().KeyFilePath} apart from it. Without the key it cannot be restored.");
            return 0;
        });
        return command;
    }
}

using System.CommandLine;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Commands;

/// <summary>`verify-backup FILE`: whether a backup is whole and opens; nothing is changed.</summary>
internal static class VerifyBackupCommand
{
    public static Command Make()
    {
        var file = CommandOptions.File("The backup.");
        var dataFolder = CommandOptions.DataFolder();
        var key = new KeySourceOptions();
        var command = new Command("verify-backup", "Looks whether a backup of the portal is whole and opens with the key. Changes nothing.") { file, dataFolder };
        key.AddTo(command);
        command.SetAction(async (given, cancel) =>
        {
            var (to, problems) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
            var source = await key.ReadAsync(given, cancel);
            if (!source.IsDone)
                return await CommandCore.SayAsync(problems, source.Error);
            await using var core = CommandCore.Make(given.GetValue(dataFolder));
            var verdict = await core.GetRequiredService<PortalBackupExam>().RunAsync(Path.GetFullPath(given.GetRequiredValue(file)), source.Value, cancel);
            if (!verdict.IsDone)
                return await CommandCore.SayAsync(problems, verdict.Error);
            var manifest = verdict.Value.Manifest;
            await to.WriteLineAsync($"Whole: the portal {manifest.PortalVersion} of {Human.Exact(manifest.MadeAt)}, {manifest.Members.Count} files, {Human.Bytes(manifest.Bytes)} unpacked.");
            await to.WriteLineAsync(verdict.Value.Key is null
                ? "Not looked at: whether the key opens it, and whether somebody has changed it. Name the key with --key-file or --passphrase-file."
                : "The key opens it, and nobody has changed it since it was made.");
            return 0;
        });
        return command;
    }
}

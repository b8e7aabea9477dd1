using System.CommandLine;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Commands;

/// <summary>`restore FILE`: a portal on a new machine, out of a backup.</summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        var file = CommandOptions.File("The backup.");
        var dataFolder = CommandOptions.DataFolder();
        var key = new KeySourceOptions();
        var command = new Command("restore", "Restores a backup of the portal into an empty data folder. It is examined first; nothing is left behind when it is refused.") { file, dataFolder };
        key.AddTo(command);
        command.SetAction(async (given, cancel) =>
        {
            var (to, problems) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
            var source = await key.ReadAsync(given, cancel);
            if (!source.IsDone)
                return await CommandCore.SayAsync(problems, source.Error);
            await using var core = CommandCore.Make(given.GetValue(dataFolder));
            var options = core.GetRequiredService<CoreOptions>();
            var restored = await core.GetRequiredService<RestorePortalBackup>().RunAsync(Path.GetFullPath(given.GetRequiredValue(file)), source.Value, cancel);
            if (!restored.IsDone)
                return await CommandCore.SayAsync(problems, restored.Error);
            await to.WriteLineAsync($"Restored the portal {restored.Value.Manifest.PortalVersion} of {Human.Exact(restored.Value.Manifest.MadeAt)} to {options.DataFolderPath}; its key file is {options.KeyFilePath}.");
            await to.WriteLineAsync("Start the portal now: it catches up with its servers by itself. The old portal must not run any more, or two would work on the same servers.");
            return 0;
        });
        return command;
    }
}

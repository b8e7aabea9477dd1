using System.CommandLine;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Keys;

namespace FrappeHybrid.Portal.Commands;

/// <summary>`verify-activity`: whether the record of who did what is as the portal wrote it; nothing is changed.</summary>
internal static class VerifyActivityCommand
{
    public static Command Make()
    {
        var seal = new Option<string?>("--seal") { Description = "A seal that was written down earlier: it must still be in the record, or the whole record was put in another's place." };
        var dataFolder = CommandOptions.DataFolder();
        var keyFile = CommandOptions.KeyFile("The portal's key file, instead of Portal:KeyFile of the settings.");
        var command = new Command("verify-activity", "Looks whether the record of activity is as the portal wrote it, while the portal may be running. Changes nothing; ends with 1 when it is not.") { seal, dataFolder, keyFile };
        command.SetAction(async (given, cancel) =>
        {
            var (to, problems) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
            await using var core = CommandCore.Make(given.GetValue(dataFolder), given.GetValue(keyFile));
            if (!File.Exists(core.GetRequiredService<CoreOptions>().DatabasePath))
                return await CommandCore.SayAsync(problems, new Error("no-portal", $"There is no portal in the data folder {core.GetRequiredService<CoreOptions>().DataFolderPath}.", "Set Portal:DataFolder, or --data-folder, to the folder of portal.db."));
            if (core.GetRequiredService<PortalKeyRing>().Open().Error is { } closed)
                return await CommandCore.SayAsync(problems, closed);
            var found = await core.GetRequiredService<VerifyActivity>().CheckAsync(given.GetValue(seal), cancel);
            if (found.Problem is { } problem)
                return await CommandCore.SayAsync(problems, new Error("activity-changed", found.AtNumber is { } at ? $"At entry {at}: {problem}" : problem, "Keep this file as it is, and compare it with a backup of the portal from before."));
            await to.WriteLineAsync($"As it was written: {found.Entries} entries.");
            await to.WriteLineAsync(found.Entries == 0 ? "Nothing is recorded yet." : $"Last seal: {found.LastSeal}. Write it down elsewhere; --seal proves later that nothing up to it was changed.");
            return 0;
        });
        return command;
    }
}

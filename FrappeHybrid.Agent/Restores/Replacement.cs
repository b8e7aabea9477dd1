using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// Puts what a stage holds in a site's place, by renames and one write, so that it takes no time whatever its size; what was there is kept in the stage's
/// workshop until the site answers. Doing and undoing can be interrupted anywhere and begun again.
/// </summary>
internal sealed class Replacement(SiteStage stage, string sitePath)
{
    private static readonly string[] Parts = ["public", "private"];

    private string Old => Path.Combine(stage.Workshop, "old");

    private string OldConfig => Path.Combine(Old, "site_config.json");

    private string Config => Path.Combine(sitePath, "site_config.json");

    /// <summary>Files only where the stage has any; of the configuration the database, and what <paramref name="change"/> changes.</summary>
    public void Do(Action<JsonObject> change)
    {
        foreach (var part in Parts)
        {
            var fresh = Path.Combine(stage.Workshop, part, "files");
            if (!Directory.Exists(fresh))
                continue;

            var current = Path.Combine(sitePath, part, "files");
            Directory.CreateDirectory(current);
            Directory.CreateDirectory(Path.Combine(Old, part));
            Directory.Move(current, Path.Combine(Old, part, "files"));
            Directory.Move(fresh, current);
        }

        Directory.CreateDirectory(Old);
        DurableFile.Write(OldConfig, File.ReadAllText(Config), DurableFile.Secret);
        var staged = SiteConfigFile.Read(stage.ConfigFile);
        SiteConfigFile.Change(Config, keys =>
        {
            keys["db_name"] = staged["db_name"]!.DeepClone();
            keys["db_password"] = staged["db_password"]!.DeepClone();

            // Frappe 16 may name the user separately; ours is called as its database.
            keys.Remove("db_user");
            change(keys);
        });
    }

    /// <summary>As it was before; nothing happens where it is so already.</summary>
    public void Undo()
    {
        if (File.Exists(OldConfig))
            SiteConfigFile.Replace(Config, File.ReadAllText(OldConfig));

        foreach (var part in Parts)
        {
            var kept = Path.Combine(Old, part, "files");
            if (!Directory.Exists(kept))
                continue;

            var current = Path.Combine(sitePath, part, "files");
            if (Directory.Exists(current))
                Directory.Delete(current, recursive: true);

            Directory.Move(kept, current);
        }
    }
}

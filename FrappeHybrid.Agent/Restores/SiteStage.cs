using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// A site in the making: a folder among the bench's sites for bench to work in, a database that nothing else has, and a folder of the Agent's own, which
/// no container sees, for files on their way in and out.
/// </summary>
/// <param name="Folder">The bench's.</param>
/// <param name="Name">Of the folder among the sites: the new site's own name, or one that no site can have.</param>
/// <param name="Database">Made for it.</param>
internal sealed record SiteStage(BenchFolder Folder, string Name, DatabaseName Database)
{
    /// <summary>sites/{name}.</summary>
    public string Path => System.IO.Path.Combine(Folder.Sites, Name);

    public string ConfigFile => System.IO.Path.Combine(Path, "site_config.json");

    /// <summary>Not mounted anywhere: nobody can put a link in the way of what is unpacked here.</summary>
    public string Workshop => System.IO.Path.Combine(Workshops, Database.Value);

    private string Workshops => System.IO.Path.Combine(Folder.Path, "restoring");

    /// <summary>For a site that is there: made beside it. An underscore is in no site's name.</summary>
    public static SiteStage Beside(BenchFolder folder)
    {
        var database = DatabaseName.New();
        return new SiteStage(folder, "restoring" + database, database);
    }

    /// <summary>For a site that will be there under this name.</summary>
    public static SiteStage For(BenchFolder folder, SiteName site) => new(folder, site.Value, DatabaseName.New());

    /// <summary>The folder of all workshops goes with the last of them; another job may have begun one in the same moment.</summary>
    public void RemoveEmptyWorkshops()
    {
        try
        {
            if (Directory.Exists(Workshops) && !Directory.EnumerateFileSystemEntries(Workshops).Any())
                Directory.Delete(Workshops);
        }
        catch (IOException)
        {
            // It is in use again.
        }
    }

    /// <summary>As a claim's value keeps it.</summary>
    public string Text => $"{Name} {Database}";

    /// <summary>From <see cref="Text"/>.</summary>
    public static SiteStage Parse(BenchFolder folder, string text) => text.Split(' ') is [var name, var database] && DatabaseName.TryParse(database, out var parsed)
        ? new SiteStage(folder, name, parsed)
        : throw new FormatException($"No stage: {text}");
}

using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>A site that is there: its bench, its folder, its database, as its own files say it (an update and a rename move it away from the names it began with).</summary>
internal sealed record SiteOnServer(BenchFolder Folder, BenchRecord Bench, SiteName Name, DatabaseName Database)
{
    /// <summary>sites/{name}.</summary>
    public string Path => Folder.SiteFolder(Name);

    public string ConfigFile => System.IO.Path.Combine(Path, "site_config.json");

    /// <summary>The container in which bench's commands run.</summary>
    public string Backend => BenchProgram.ContainerOf(Folder);

    /// <summary>The site, or the failure that tells what is not there.</summary>
    public static SiteOnServer Require(BenchCatalog catalog, BenchName bench, SiteName site)
    {
        var folder = catalog.Folder(bench);
        var record = folder.Read()
            ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {bench} on this server.", "Look at the server's benches.");
        var file = System.IO.Path.Combine(folder.SiteFolder(site), "site_config.json");
        if (!File.Exists(file))
            throw new JobFailedException(JobErrorCodes.SiteNotFound, $"Bench {bench} has no site {site}.", "It may have been moved or dropped by hand; look at the bench's sites.");

        try
        {
            var config = JsonSerializer.Deserialize(File.ReadAllBytes(file), SiteJson.Default.SiteConfig);
            return DatabaseName.TryParse(config?.DatabaseName, out var database)
                ? new SiteOnServer(folder, record, site, database)
                : throw Unreadable(site, "it names no database that bench makes");
        }
        catch (JsonException exception)
        {
            throw Unreadable(site, exception.Message);
        }
    }

    private static JobFailedException Unreadable(SiteName site, string reason) => new(
        JobErrorCodes.SiteConfigInvalid, $"The site_config.json of {site} cannot be used.", "Mend it on the server, or restore the site from a backup.", reason);
}

using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>The benches of this server, from their folders.</summary>
internal sealed class BenchCatalog(AgentPaths paths)
{
    public BenchFolder Folder(BenchName bench) => new(paths, bench);

    /// <summary>All folders with a bench's name, half-made ones too.</summary>
    public IReadOnlyList<BenchFolder> Folders()
    {
        if (!Directory.Exists(paths.BenchesFolder))
            return [];

        var folders = new List<BenchFolder>();
        foreach (var path in Directory.EnumerateDirectories(paths.BenchesFolder).Order(StringComparer.Ordinal))
        {
            if (BenchName.TryParse(Path.GetFileName(path), out var bench))
                folders.Add(new BenchFolder(paths, bench));
        }

        return folders;
    }

    /// <summary>The benches that are whole.</summary>
    public IReadOnlyList<(BenchFolder Folder, BenchRecord Record)> All()
    {
        var benches = new List<(BenchFolder, BenchRecord)>();
        foreach (var folder in Folders())
        {
            if (folder.Read() is { } record)
                benches.Add((folder, record));
        }

        return benches;
    }

    /// <summary>The bench that has this name for itself: a folder of it, or its entry in nginx, even a half-made one; null when the name is free.</summary>
    public BenchName? OwnerOf(SiteName site)
    {
        foreach (var folder in Folders())
        {
            if (Directory.Exists(folder.SiteFolder(site)) || File.Exists(folder.NginxFile(site)) || IsServed(folder, site.Value))
                return folder.Bench;
        }

        return null;
    }

    /// <summary>The site other than this one that has the domain, as its name or among its domains; null when it is free.</summary>
    public string? OtherOwnerOf(DomainName domain, BenchFolder own, SiteName site)
    {
        foreach (var folder in Folders())
        {
            var itself = folder.Bench == own.Bench;
            if (Directory.Exists(Path.Combine(folder.Sites, domain.Value)) && !(itself && domain.Value == site.Value))
                return $"{domain} in bench {folder.Bench}";

            if (IsServed(folder, domain.Value, itself ? folder.NginxFile(site) : null))
                return $"a site of bench {folder.Bench}";
        }

        return null;
    }

    /// <summary>Some file of the bench's nginx entries names it, perhaps as a further domain of another site.</summary>
    private static bool IsServed(BenchFolder folder, string name, string? besides = null)
    {
        if (!Directory.Exists(folder.Nginx))
            return false;

        foreach (var file in Directory.EnumerateFiles(folder.Nginx, "*.conf").Where(file => file != besides))
        {
            foreach (var line in File.ReadLines(file))
            {
                var words = line.Split([' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 1 && words[0] == "server_name" && words.Contains(name, StringComparer.Ordinal))
                    return true;
            }
        }

        return false;
    }
}

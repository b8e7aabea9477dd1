using System.Text.Json;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>
/// The domains of a site beside its name, in a file of ours in the site's folder, so that they go wherever the site goes. The folder is the containers'
/// too: what is read is checked again.
/// </summary>
/// <param name="Domains">Names beside the site's own, without it.</param>
/// <param name="Primary">The one that stands for the site; null for the site's own name.</param>
/// <param name="Redirect">All the others are answered with a redirect to it.</param>
internal sealed record SiteDomains(IReadOnlyList<DomainName> Domains, DomainName? Primary, bool Redirect)
{
    private const string FileName = "frappe_hybrid_domains.json";

    public static SiteDomains None { get; } = new([], Primary: null, Redirect: false);

    /// <summary>What the folder says; none when it says nothing that can be read.</summary>
    public static SiteDomains Read(string siteFolder)
    {
        try
        {
            var found = JsonSerializer.Deserialize(File.ReadAllBytes(FileIn(siteFolder)), SiteJson.Default.SiteDomains);
            return found is { Domains: not null } ? found with { Domains = [.. found.Domains.OfType<DomainName>().Distinct()] } : None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return None;
        }
    }

    /// <summary>A site without domains of its own needs no file.</summary>
    public void Write(string siteFolder)
    {
        if (Domains.Count == 0)
            File.Delete(FileIn(siteFolder));
        else
            DurableFile.Write(FileIn(siteFolder), JsonSerializer.Serialize(this, SiteJson.Default.SiteDomains));
    }

    /// <summary>The name that stands for the site.</summary>
    public DomainName PrimaryOf(SiteName site) => Primary is { } chosen && Domains.Contains(chosen) ? chosen : DomainName.Of(site);

    /// <summary>Every name, the site's own first.</summary>
    public IReadOnlyList<DomainName> AllOf(SiteName site) => [DomainName.Of(site), .. Domains.Where(domain => domain.Value != site.Value)];

    private static string FileIn(string siteFolder) => Path.Combine(siteFolder, FileName);
}

using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/benches/{bench}/sites` and its sites; making one is a job.</summary>
internal sealed class SiteRoutes(BenchCatalog catalog, JobIntake intake, HttpProbe http, AgentOptions options) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AgentRoutes.Sites, (RequestDelegate)ListAsync);
        routes.MapPost(AgentRoutes.Sites, (RequestDelegate)intake.NewSiteAsync);
        routes.MapGet(AgentRoutes.Site, (RequestDelegate)ReadAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var (folder, _) = ApiMessages.FindBench(context, catalog);
        var sites = await Task.WhenAll(folder.ReadSites().Select(site => DescribeAsync(folder, site, context.RequestAborted)));
        await ApiMessages.AnswerAsync(context, sites, AgentJson.Default.IReadOnlyListSiteInfo);
    }

    private async Task ReadAsync(HttpContext context)
    {
        var (folder, _) = ApiMessages.FindBench(context, catalog);
        var site = ApiMessages.Site(context);
        if (!folder.ReadSites().Contains(site))
            throw ApiException.NotFound($"Bench {folder.Bench} has no site {site}.");

        await ApiMessages.AnswerAsync(context, await DescribeAsync(folder, site, context.RequestAborted), AgentJson.Default.SiteInfo);
    }

    private async Task<SiteInfo> DescribeAsync(BenchFolder folder, SiteName site, CancellationToken cancel)
    {
        var config = await ReadConfigAsync(folder, site, cancel);
        var inNginx = File.Exists(folder.NginxFile(site));
        var status = inNginx ? (await http.GetAsync(options.NginxPort, site.Value, "/api/method/ping", cancel)).Status : null;
        return new SiteInfo(site, config?.DatabaseName, IsOn(config?.MaintenanceMode), inNginx, status);
    }

    /// <summary>Null when it cannot be read; the file also holds the database's password, which goes nowhere.</summary>
    private static async Task<SiteConfig?> ReadConfigAsync(BenchFolder folder, SiteName site, CancellationToken cancel)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(Path.Combine(folder.SiteFolder(site), "site_config.json"), cancel);
            return JsonSerializer.Deserialize(text, SiteJson.Default.SiteConfig);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>bench writes 1, people write true.</summary>
    private static bool IsOn(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() != 0,
        { ValueKind: JsonValueKind.String } text => text.GetString() is "1" or "true",
        _ => false,
    };
}

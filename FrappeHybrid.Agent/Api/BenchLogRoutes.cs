using System.Globalization;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Api;

/// <summary>The log files that Frappe writes, of a bench and of its sites: which there are, and the end of one.</summary>
internal sealed class BenchLogRoutes(BenchCatalog catalog) : IRoutes
{
    private const int FewestBytes = 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BenchPaths.Logs, (RequestDelegate)(context =>
            ApiMessages.AnswerAsync(context, new BenchLogs(ApiMessages.FindBench(context, catalog).Folder).List(), BenchWorkJson.Default.IReadOnlyListLogFile)));
        routes.MapGet(BenchPaths.Log, (RequestDelegate)(context => ReadAsync(context, site: null)));
        routes.MapGet(BenchPaths.SiteLog, (RequestDelegate)(context => ReadAsync(context, ApiMessages.Site(context))));
    }

    private Task ReadAsync(HttpContext context, SiteName? site)
    {
        if (!LogName.TryParse((string?)context.Request.RouteValues["log"], out var name))
            throw ApiException.Invalid("invalid-name", LogName.Rule);

        var bytes = LogText.UsualBytes;
        if (context.Request.Query["bytes"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) || bytes is < FewestBytes or > LogText.MostBytes))
            throw ApiException.Invalid("invalid-request", $"bytes is a number from {FewestBytes} to {LogText.MostBytes}.");

        var (folder, _) = ApiMessages.FindBench(context, catalog);
        var log = new BenchLogs(folder).Read(site, name, bytes) ?? throw ApiException.NotFound($"There is no log file {name} there.");
        return ApiMessages.AnswerAsync(context, log, BenchWorkJson.Default.LogText);
    }
}

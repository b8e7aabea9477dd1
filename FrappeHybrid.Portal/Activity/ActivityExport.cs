using System.Globalization;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Activity;

/// <summary>The record as a file: CSV for a spreadsheet, JSON lines for a program; streamed, so that its length does not matter.</summary>
internal static class ActivityExport
{
    private const string Path = "/activity/export";

    // Readable, and one object a line.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static void MapActivityExport(this WebApplication portal) => portal.MapGet(Path, SendAsync).RequireAuthorization(nameof(Capability.ViewActivity));

    /// <summary>The address of an export with the filter of a page.</summary>
    public static string For(ActivityFilter filter, string format)
    {
        var query = new QueryString().Add("format", format);
        foreach (var (name, value) in ((string, object?)[])[("find", filter.Find), ("result", filter.Result), ("team", filter.TeamId), ("server", filter.ServerId), ("bench", filter.BenchId), ("site", filter.SiteId)])
        {
            if (value?.ToString() is { Length: > 0 } text)
                query = query.Add(name, text);
        }

        return Path + query;
    }

    private static async Task SendAsync(
        HttpContext context, Actors actors, ActivityQueries queries, string? format, string? find, ActivityResult? result, Guid? team, Guid? server, Guid? bench, Guid? site, CancellationToken cancel)
    {
        if (await actors.OfAsync(context.User, cancel) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var isCsv = format is null or "csv";
        if (!isCsv && format is not "jsonl")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("There are two formats: csv and jsonl.", cancel);
            return;
        }

        var filter = new ActivityFilter { Find = find, Result = result, TeamId = team, ServerId = server, BenchId = bench, SiteId = site };
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"activity.{(isCsv ? "csv" : "jsonl")}\"";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (isCsv)
            await writer.WriteAsync("number,at,who,token,from,act,summary,reason,before,after,result,team,server,bench,site,job,support_access,seal\r\n");
        await foreach (var entry in queries.AllAsync(actor, filter, cancel))
            await writer.WriteAsync(isCsv ? Csv(entry) : JsonSerializer.Serialize(entry, Json) + "\n");
    }

    private static string Csv(ActivityView entry) => string.Join(',', new[]
    {
        entry.Number.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Who, entry.TokenName, entry.Address, entry.Act, entry.Summary, entry.Reason, entry.Before,
        entry.After, entry.Result.ToString(), entry.Place.TeamId.ToString(), entry.Place.ServerId?.ToString(), entry.Place.BenchId?.ToString(), entry.Place.SiteId?.ToString(), entry.JobId?.ToString(), entry.SupportAccessId?.ToString(), entry.Seal,
    }.Select(Field)) + "\r\n";

    /// <summary>A field that no spreadsheet takes for a formula, whatever somebody named a site.</summary>
    internal static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

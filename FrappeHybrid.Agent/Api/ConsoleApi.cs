using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/consoles/{source}/…`: live lines, pages of the past, a search, a time range.</summary>
internal sealed class ConsoleApi(ConsoleSources sources, TimeProvider time, IHostApplicationLifetime lifetime) : IRoutes
{
    private const int UsualTail = 200;
    private const int RangeLines = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsoleRoutes.Stream, (RequestDelegate)StreamAsync);
        routes.MapGet(ConsoleRoutes.Lines, (RequestDelegate)LinesAsync);
        routes.MapGet(ConsoleRoutes.Search, (RequestDelegate)SearchAsync);
        routes.MapGet(ConsoleRoutes.Range, (RequestDelegate)RangeAsync);
    }

    private async Task StreamAsync(HttpContext context)
    {
        var source = Source(context);
        var tail = Number(context, "tail", UsualTail, ConsoleRoutes.MostTail);
        var after = Mark(context, "after");
        var outlet = new LogOutlet(time);
        await RunAsync(context, async cancel =>
        {
            var filling = FillAsync(source, outlet, tail, after, cancel);
            await foreach (var batch in outlet.ReadAsync(cancel))
                await SendAsync(context, batch, AgentJson.Default.LogBatch);
            await filling;
        });
    }

    private static async Task FillAsync(ILogSource source, LogOutlet outlet, int tail, LogMark? after, CancellationToken cancel)
    {
        try
        {
            await source.FollowAsync(outlet, tail, after, cancel);
            outlet.Complete();
        }
        catch (Exception exception)
        {
            outlet.Complete(exception);
        }
    }

    private async Task LinesAsync(HttpContext context)
    {
        var past = new LogPast(Source(context).ReadAsync);
        var count = Number(context, "count", UsualTail, ConsoleRoutes.MostLines);
        var page = Mark(context, "after") is { } after
            ? await past.AfterAsync(after, count, context.RequestAborted)
            : await past.BeforeAsync(Mark(context, "before"), count, context.RequestAborted);
        await ApiMessages.AnswerAsync(context, page, AgentJson.Default.LogPage);
    }

    private Task SearchAsync(HttpContext context)
    {
        var source = Source(context);
        var query = new LogQuery(context.Request.Query["text"].ToString(), context.Request.Query["regex"] == "true", Time(context, "from"), Time(context, "to"));
        if (!query.TryMatcher(out var matches))
            throw ApiException.Invalid("invalid-search", query.IsRegex ? "This is no regular expression that can be searched for." : "There is no text to search for.");
        return RunAsync(context, async cancel =>
        {
            await foreach (var findings in new LogSearch(source.ReadAsync, time).RunAsync(query, matches, cancel))
                await SendAsync(context, findings, AgentJson.Default.LogFindings);
        });
    }

    private Task RangeAsync(HttpContext context)
    {
        var source = Source(context);
        var (from, to) = (Time(context, "from"), Time(context, "to"));
        return RunAsync(context, async cancel =>
        {
            var lines = new List<LogLine>(RangeLines);
            await foreach (var line in source.ReadAsync(tail: null, from, to, cancel))
            {
                lines.Add(line);
                if (lines.Count < RangeLines)
                    continue;
                await SendAsync(context, new LogBatch(lines), AgentJson.Default.LogBatch);
                lines.Clear();
            }

            await SendAsync(context, new LogBatch(lines), AgentJson.Default.LogBatch);
        });
    }

    /// <summary>A stream that ends with its reader or with the Agent. What goes wrong before the first line is an answer with a problem.</summary>
    private async Task RunAsync(HttpContext context, Func<CancellationToken, Task> stream)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await stream(leave.Token);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // The reader has left, or the Agent is being ended.
        }
        finally
        {
            await leave.CancelAsync();
        }
    }

    private static async Task SendAsync<T>(HttpContext context, T message, JsonTypeInfo<T> type)
    {
        if (!context.Response.HasStarted)
            await ApiMessages.OpenStreamAsync(context);
        ApiMessages.WriteLine(context, JsonSerializer.SerializeToUtf8Bytes(message, type));
        await ApiMessages.FlushAsync(context);
    }

    private ILogSource Source(HttpContext context) =>
        ConsoleSource.TryParse((string?)context.Request.RouteValues["source"], out var source) ? sources.Open(source) : throw ApiException.NotFound("There is no such console.");

    private static int Number(HttpContext context, string name, int usual, int most)
    {
        if (context.Request.Query[name] is not [{ } text])
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw ApiException.Invalid("invalid-request", $"{name} is a number from 0 to {most}.");
    }

    private static LogMark? Mark(HttpContext context, string name)
    {
        if (context.Request.Query[name] is not [{ Length: > 0 } text])
            return null;
        return LogMark.Parse(text) ?? throw ApiException.Invalid("invalid-request", $"{name} is the mark of a line.");
    }

    private static DateTimeOffset? Time(HttpContext context, string name)
    {
        if (context.Request.Query[name] is not [{ Length: > 0 } text])
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw ApiException.Invalid("invalid-request", $"{name} is a time such as 2026-11-21T20:15:00Z.");
    }
}

using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/benches`, `/benches/{bench}` and the logs of its services; making a bench is a job.</summary>
internal sealed class BenchRoutes(
    DockerEngine engine, BenchServicesLook services, BenchCatalog catalog, JobIntake intake, TimeProvider time, IHostApplicationLifetime lifetime) : IRoutes
{
    private const int MostTail = 5000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AgentRoutes.Benches, (RequestDelegate)ListAsync);
        routes.MapPost(AgentRoutes.Benches, (RequestDelegate)intake.NewBenchAsync);
        routes.MapGet(AgentRoutes.Bench, (RequestDelegate)ReadAsync);
        routes.MapGet(AgentRoutes.ServiceLogs, (RequestDelegate)LogsAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var benches = new List<BenchInfo>();
        foreach (var (folder, record) in catalog.All())
            benches.Add(await DescribeAsync(folder, record, context.RequestAborted));

        await ApiMessages.AnswerAsync(context, benches, AgentJson.Default.IReadOnlyListBenchInfo);
    }

    private async Task ReadAsync(HttpContext context)
    {
        var (folder, record) = ApiMessages.FindBench(context, catalog);
        await ApiMessages.AnswerAsync(context, await DescribeAsync(folder, record, context.RequestAborted), AgentJson.Default.BenchInfo);
    }

    private async Task<BenchInfo> DescribeAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        return new BenchInfo(
            record.Name, record.Image, record.FrontendPort, record.CreatedAt, record.Apps, await services.ReadAsync(record.Name, cancel), folder.ReadSites(), record.Limits, record.Counts);
    }

    private async Task LogsAsync(HttpContext context)
    {
        var (_, record) = ApiMessages.FindBench(context, catalog);
        if (!BenchServices.TryParse((string?)context.Request.RouteValues["service"], out var service))
            throw ApiException.NotFound("A bench has the services " + string.Join(", ", BenchServices.All.Select(each => each.Name())) + ".");

        var tail = ReadTail(context.Request.Query["tail"]);
        var since = ReadSince(context.Request.Query["since"]);
        var follow = !bool.TryParse(context.Request.Query["follow"], out var wanted) || wanted;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await ApiMessages.OpenStreamAsync(context);
        var console = new ServiceConsole(engine, BenchContainers.NameOf(record.Name, service), time);
        try
        {
            await foreach (var batch in console.ReadAsync(tail, since, follow, leave.Token))
            {
                ApiMessages.WriteLine(context, JsonSerializer.SerializeToUtf8Bytes(batch, AgentJson.Default.LogBatch));
                await ApiMessages.FlushAsync(context);
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // The reader has left, or the Agent is being ended.
        }
    }

    private static int ReadTail(string? text)
    {
        if (text is null)
            return 200;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tail) && tail <= MostTail
            ? tail
            : throw ApiException.Invalid("invalid-request", $"tail is a number from 0 to {MostTail}.");
    }

    /// <summary>A time as JSON writes it; null for all that is kept.</summary>
    private static string? ReadSince(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
            throw ApiException.Invalid("invalid-request", "since is a time such as 2026-11-21T20:15:00Z.");

        var ticks = since.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000}");
    }
}

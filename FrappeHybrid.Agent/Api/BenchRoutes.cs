using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/benches`, `/benches/{bench}`; making a bench is a job.</summary>
internal sealed class BenchRoutes(BenchServicesLook services, BenchCatalog catalog, JobIntake intake) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AgentRoutes.Benches, (RequestDelegate)ListAsync);
        routes.MapPost(AgentRoutes.Benches, (RequestDelegate)intake.NewBenchAsync);
        routes.MapGet(AgentRoutes.Bench, (RequestDelegate)ReadAsync);
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
}

using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/benches/{bench}/network`.</summary>
internal sealed class BenchNetworkRoute(BenchCatalog catalog, BenchNetworkLook network) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(BenchPaths.Network, (RequestDelegate)(async context =>
    {
        var (folder, record) = ApiMessages.FindBench(context, catalog);
        await ApiMessages.AnswerAsync(context, await network.ReadAsync(folder, record, context.RequestAborted), BenchWorkJson.Default.BenchNetwork);
    }));
}

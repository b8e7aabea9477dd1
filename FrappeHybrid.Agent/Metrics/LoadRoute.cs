using FrappeHybrid.Agent.Api;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>`/server/load`.</summary>
internal sealed class LoadRoute(LoadMeter load) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(UpkeepRoutes.Load, (RequestDelegate)(context => ApiMessages.AnswerAsync(context, load.Read(), UpkeepJson.Default.ServerLoad)));
}

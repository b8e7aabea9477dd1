namespace FrappeHybrid.Agent.Api;

/// <summary>Some routes of the API; all that are registered are mapped.</summary>
internal interface IRoutes
{
    void Map(IEndpointRouteBuilder routes);
}

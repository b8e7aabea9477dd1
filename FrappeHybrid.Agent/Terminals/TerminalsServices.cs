using FrappeHybrid.Agent.Api;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>Shells for people: what the Agent is made of for them.</summary>
internal static class TerminalsServices
{
    public static void AddTerminals(this IServiceCollection services)
    {
        services.AddSingleton<TerminalSeats>().AddSingleton<IRoutes, TerminalRoutes>();
        services.AddHostedService<LeftTerminals>();
    }
}

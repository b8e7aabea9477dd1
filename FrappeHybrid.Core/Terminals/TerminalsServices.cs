using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Terminals;

internal static class TerminalsServices
{
    public static void AddTerminals(this IServiceCollection services)
    {
        services.AddSingleton<AgentTerminals>();
        services.AddSingleton<TerminalRecordings>();
        services.AddSingleton<RecordingRoom>();
        services.AddSingleton<TerminalSessions>();
        services.AddSingleton<TerminalQueries>();
        services.AddSingleton<TerminalKeeper>();
        services.AddSingleton<OpenTerminal>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Consoles;

internal static class ConsolesServices
{
    public static void AddConsoles(this IServiceCollection services) => services.AddSingleton<ConsoleAccess>().AddSingleton<ConsoleReader>().AddSingleton<ConsoleStreams>();
}

namespace FrappeHybrid.Portal.Consoles;

internal static class ConsoleServices
{
    public static void AddConsoles(this IServiceCollection services) => services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 8);
}

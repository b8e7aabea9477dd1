namespace FrappeHybrid.Portal.Components.Layout;

internal static class DesktopServices
{
    public static void AddDesktop(this IServiceCollection services)
    {
        services.AddScoped<Workspace>();
        services.AddScoped<RunningRuns>();
    }
}

using FrappeHybrid.Portal.Components.Layout.Commands;

namespace FrappeHybrid.Portal.Components.Layout;

internal static class DesktopServices
{
    public static void AddDesktop(this IServiceCollection services)
    {
        services.AddScoped<Workspace>();
        services.AddScoped<RunningRuns>();
        services.AddScoped<ViewerTime>();
        services.AddScoped<Toasts>();
        services.AddScoped<OpenEstate>();
        services.AddScoped<CommandMenus>();
        services.AddScoped<CommandRunner>();
        services.AddSingleton<CommandActs>();
    }
}

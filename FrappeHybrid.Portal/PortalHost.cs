using FrappeHybrid.Core.Keys;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Activity;
using FrappeHybrid.Portal.Api;
using FrappeHybrid.Portal.Background;
using FrappeHybrid.Portal.Backups;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Portal.Consoles;
using FrappeHybrid.Portal.Sites;
using FrappeHybrid.Portal.Startup;
using FrappeHybrid.Portal.Terminals;
using Radzen;

namespace FrappeHybrid.Portal;

/// <summary>Builds the one process: dashboard, wizard, consoles, background engine. Tests and ./demo host the same thing.</summary>
public static class PortalHost
{
    /// <summary>Where the portal listens when nothing else is configured: this machine only, behind whatever ends TLS.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The portal's version, as the status bar shows it.</summary>
    public static string Version { get; } = typeof(PortalHost).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Builds and runs it until it is told to stop; 1 when it could not start, after a sentence that says why.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var portal = Build(args);
            await portal.RunAsync();
            return 0;
        }
        catch (StartProblemException problem)
        {
            await Console.Error.WriteLineAsync($"The portal cannot start: {problem.Message}");
            return 1;
        }
    }

    /// <summary>The whole portal, checked and not started.</summary>
    /// <param name="configure">For tests and ./demo: settings and services that it adds win over the portal's own.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
            // Started from another directory, a published portal would answer every static file with 0 bytes.
            ContentRootPath = AppContext.BaseDirectory,
        });
        var first = builder.Services.Count;
        configure?.Invoke(builder);
        List<ServiceDescriptor> given = [.. builder.Services.Skip(first)];
        StartChecks.CheckSettings(builder.Configuration);
        if (string.IsNullOrWhiteSpace(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // One line for each request and statement would bury what matters; appsettings.json can turn them on.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder);
        // The last registration wins.
        foreach (var service in given)
            builder.Services.Add(service);
        var portal = builder.Build();
        StartChecks.OpenKeyRing(portal);
        UsePipeline(portal);
        StartChecks.CheckFiles(portal);
        return portal;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddFrappeHybridCore(builder.Configuration);
        services.AddKeyRingProtection();
        services.AddAccounts();
        services.AddPortalBackground();
        services.AddPortalSecurity();
        services.AddApi();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddDesktop();
        services.AddConsoles();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddStaticFileCompression();
    }

    private static void UsePipeline(WebApplication portal)
    {
        portal.UseForwardedHeaders();
        portal.UseSecurityHeaders();
        portal.UseExceptionHandler("/error", createScopeForErrors: true);
        portal.UsePlainBadRequests();
        portal.UseApiErrors();
        // Only what a person reads: a refused form would be run a second time as a form of the other page.
        portal.UseWhen(context => HttpMethods.IsGet(context.Request.Method) && !context.IsApi(), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        portal.UseResponseCompression();
        portal.UseStaticFiles(StaticFiles.Options);
        portal.UseOwnOrigin();
        portal.UseRouting();
        portal.UseFirstStart();
        portal.UseAuthentication();
        portal.UseAddressClaim();
        portal.UseAuthorization();
        portal.UseRateLimiter();
        portal.UseIdempotency();
        portal.UseAntiforgery();
        portal.MapHealthChecks("/healthz").AllowAnonymous().DisableHttpMetrics();
        portal.MapAccountEndpoints();
        portal.MapPasskeyEndpoints();
        portal.MapSupportBundle();
        portal.MapBackupEndpoints();
        portal.MapPortalBackups();
        portal.MapSiteSignIn();
        portal.MapApi();
        portal.MapApiDocument();
        portal.MapActivityExport();
        portal.MapConsoleDownload();
        portal.MapHub<ConsoleHub>(ConsoleHub.Path);
        portal.MapHub<TerminalHub>(TerminalHub.Path);
        portal.MapTerminalRecording();
        portal.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>Paths of the everyday work on a site, all below <see cref="AgentRoutes.Site"/>. Templates for the Agent, builders for the Portal.</summary>
public static class SiteWorkRoutes
{
    public const string ClearCache = AgentRoutes.Site + "/clear-cache";
    public const string Scheduler = AgentRoutes.Site + "/scheduler";
    public const string Maintenance = AgentRoutes.Site + "/maintenance";
    public const string AdministratorPassword = AgentRoutes.Site + "/admin-password";
    public const string SignIn = AgentRoutes.Site + "/sid";
    public const string Apps = AgentRoutes.Site + "/apps";
    public const string UninstallApp = AgentRoutes.Site + "/apps/uninstall";
    public const string UninstallPreview = AgentRoutes.Site + "/apps/{app}/uninstall-preview";
    public const string Config = AgentRoutes.Site + "/config";
    public const string Domains = AgentRoutes.Site + "/domains";
    public const string Rename = AgentRoutes.Site + "/rename";
    public const string Facts = AgentRoutes.Site + "/facts";

    public static string ForClearCache(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/clear-cache";

    public static string ForScheduler(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/scheduler";

    public static string ForMaintenance(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/maintenance";

    public static string ForAdministratorPassword(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/admin-password";

    public static string ForSignIn(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/sid";

    public static string ForApps(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/apps";

    public static string ForUninstallApp(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/apps/uninstall";

    public static string ForUninstallPreview(BenchName bench, SiteName site, AppName app) => AgentRoutes.ForSite(bench, site) + $"/apps/{app}/uninstall-preview";

    public static string ForConfig(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/config";

    public static string ForDomains(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/domains";

    public static string ForRename(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/rename";

    public static string ForFacts(BenchName bench, SiteName site) => AgentRoutes.ForSite(bench, site) + "/facts";
}

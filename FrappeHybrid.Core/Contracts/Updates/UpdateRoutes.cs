using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>The Agent's paths for updates.</summary>
public static class UpdateRoutes
{
    public const string Migrate = "/benches/{bench}/sites/{site}/migrate";
    public const string Update = "/benches/{bench}/sites/{site}/update";
    public const string Recover = "/benches/{bench}/sites/{site}/recover";

    public static string ForMigrate(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/migrate";

    public static string ForUpdate(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/update";

    public static string ForRecover(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/recover";
}

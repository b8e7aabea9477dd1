using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>The Agent's paths for restoring, copying and dropping sites. Templates for the Agent, builders for the Portal.</summary>
public static class RestoreRoutes
{
    /// <summary>POST a <see cref="RestoreSiteRequest"/>.</summary>
    public const string Restore = "/benches/{bench}/sites/{site}/restore";

    /// <summary>POST a <see cref="RestoreNewSiteRequest"/>.</summary>
    public const string RestoreNew = "/benches/{bench}/restored-sites";

    /// <summary>POST a <see cref="CloneSiteRequest"/>.</summary>
    public const string Clone = "/benches/{bench}/sites/{site}/clone";

    /// <summary>POST a <see cref="ReinstallSiteRequest"/>.</summary>
    public const string Reinstall = "/benches/{bench}/sites/{site}/reinstall";

    /// <summary>POST a <see cref="DropSiteRequest"/>.</summary>
    public const string Drop = "/benches/{bench}/sites/{site}/drop";

    /// <summary>POST an <see cref="UntrashSiteRequest"/>.</summary>
    public const string Untrash = "/benches/{bench}/sites/{site}/untrash";

    /// <summary>POST a <see cref="PurgeSiteRequest"/>: deletes for ever what was archived of a site.</summary>
    public const string Purge = "/archived/{site}/{archive}/purge";

    public static string ForRestore(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/restore";

    public static string ForRestoreNew(BenchName bench) => $"/benches/{bench}/restored-sites";

    public static string ForClone(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/clone";

    public static string ForReinstall(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/reinstall";

    public static string ForDrop(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/drop";

    public static string ForUntrash(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}/untrash";

    public static string ForPurge(SiteName site, Guid archive) => $"/archived/{site}/{archive}/purge";
}

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>Which site a stored request is about; the request's own record adds what is asked for, without a secret.</summary>
internal record SiteTarget(BenchName Bench, SiteName Site);

/// <summary>A stored "Set Scheduler" or "Set Maintenance Mode".</summary>
internal sealed record StoredSwitch(BenchName Bench, SiteName Site, bool On) : SiteTarget(Bench, Site);

/// <summary>A stored "Reset Administrator Password"; the password is the job's secret.</summary>
internal sealed record StoredPasswordReset(BenchName Bench, SiteName Site, bool LogOutAllSessions) : SiteTarget(Bench, Site);

/// <summary>A stored "Change Domains".</summary>
internal sealed record StoredDomains(BenchName Bench, SiteName Site, SiteDomains Domains) : SiteTarget(Bench, Site);

/// <summary>A stored "Rename Site".</summary>
internal sealed record StoredRename(BenchName Bench, SiteName Site, SiteName NewName) : SiteTarget(Bench, Site);

/// <summary>A stored "Change Configuration"; the values are the job's secret.</summary>
internal sealed record StoredConfigChange(BenchName Bench, SiteName Site, string Version, IReadOnlyList<string> Set, IReadOnlyList<string> Remove) : SiteTarget(Bench, Site);

/// <summary>A stored "Install App" or "Uninstall App".</summary>
internal sealed record StoredApp(BenchName Bench, SiteName Site, AppName App) : SiteTarget(Bench, Site);

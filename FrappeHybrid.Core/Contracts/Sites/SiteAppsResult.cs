using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>Result of "Install App" and "Uninstall App".</summary>
/// <param name="Apps">What the site has now, in the order of their installation, frappe first.</param>
/// <param name="Backup">The backup that was taken before an app was uninstalled; it stays.</param>
public sealed record SiteAppsResult(IReadOnlyList<AppName> Apps, BackupRecord? Backup = null);

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>
/// `GET /benches/{bench}/sites/{site}/facts`: how the site is, from its database, its folder, its configuration and the bench's queue. At most ten
/// seconds old; sizes of files at most five minutes. `?fresh=true` asks anew.
/// </summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Apps">What is installed, in the order of installation, frappe first.</param>
/// <param name="DatabaseBytes">Data and indexes of the site's database.</param>
/// <param name="FilesBytes">What is under public/files and private/files; copies that bench itself has made not.</param>
/// <param name="SchedulerEnabled">The switch in System Settings.</param>
/// <param name="SchedulerPaused">pause_scheduler in the site's configuration; maintenance sets it too.</param>
/// <param name="MaintenanceMode">Every address answers 503.</param>
/// <param name="QueuedJobs">Background jobs of the site that wait for a worker; null when the bench's queue does not answer.</param>
/// <param name="Domains">Every name of the site, its own first.</param>
/// <param name="PrimaryDomain">The one that stands for it.</param>
public sealed record SiteFactsInfo(
    DateTimeOffset At,
    IReadOnlyList<AppVersion> Apps,
    long DatabaseBytes,
    long FilesBytes,
    bool SchedulerEnabled,
    bool SchedulerPaused,
    bool MaintenanceMode,
    int? QueuedJobs,
    IReadOnlyList<Names.DomainName> Domains,
    Names.DomainName PrimaryDomain);

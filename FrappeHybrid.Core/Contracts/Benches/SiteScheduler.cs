using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Whether a site's timed jobs run.</summary>
/// <param name="Site">Its name.</param>
/// <param name="IsEnabled">The site's own switch.</param>
/// <param name="IsPaused">pause_scheduler in its configuration.</param>
/// <param name="IsInMaintenance">Every URL answers 503.</param>
public sealed record SiteScheduler(SiteName Site, bool IsEnabled, bool IsPaused, bool IsInMaintenance);

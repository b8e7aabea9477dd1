namespace FrappeHybrid.Core.Updates;

/// <summary>One site in the update of a bench, as pages show it.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it is in this update.</param>
/// <param name="Reason">Why it failed or was left out.</param>
/// <param name="JobId">Its update.</param>
/// <param name="Step">The step at which that is; null when it does not run.</param>
/// <param name="DowntimeSeconds">How long its visitors got no page; null until it is through.</param>
public sealed record BenchUpdateSiteView(Guid SiteId, string Name, BenchUpdateSiteState State, string? Reason, Guid? JobId, string? Step, double? DowntimeSeconds);

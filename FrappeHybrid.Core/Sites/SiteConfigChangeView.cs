using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Sites;

/// <summary>A change of a site's configuration with how it ended.</summary>
public sealed record SiteConfigChangeView(SiteConfigChange Change, RunState State);

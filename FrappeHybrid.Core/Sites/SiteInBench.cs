using FrappeHybrid.Core.Benches;

namespace FrappeHybrid.Core.Sites;

/// <summary>A site with the bench that it is in.</summary>
public sealed record SiteInBench(Site Site, Bench Bench);

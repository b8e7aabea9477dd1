using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Jobs;

/// <summary>What stands around a job on its page.</summary>
/// <param name="TimeLimit">After this the Agent ends it; null for a type that this portal does not know any more.</param>
/// <param name="RetryOf">The job that this one tries again.</param>
/// <param name="RetriedAs">The newest job that tries this one again.</param>
/// <param name="WaitsFor">Jobs that came before it to the same site, bench or server, while it waits.</param>
/// <param name="ServerId">Where it runs.</param>
/// <param name="BenchId">The bench it is about, or in which its site was; null for one about the server.</param>
/// <param name="SiteId">The site it is about; null when it is about none.</param>
public sealed record JobAbout(TimeSpan? TimeLimit, RunView? RetryOf, RunView? RetriedAs, IReadOnlyList<RunView> WaitsFor, Guid ServerId, Guid? BenchId, Guid? SiteId);

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// What a job needs for itself while it runs. Two jobs stand in each other's way when they name the same thing and one of them wants it alone: sites
/// of one bench are made side by side, but not while the bench itself is being made.
/// </summary>
/// <param name="Key">"server", "bench:name" or "site:name".</param>
/// <param name="Alone">False to share it with other jobs that share it.</param>
internal sealed record JobLock(string Key, bool Alone)
{
    /// <summary>What benches there are, their ports included.</summary>
    public static JobLock Server { get; } = new("server", Alone: true);

    public static JobLock ForBench(BenchName bench, bool alone) => new($"bench:{bench}", alone);

    /// <summary>A site's name is taken on the whole server, whatever its bench.</summary>
    public static JobLock ForSite(SiteName site) => new($"site:{site}", Alone: true);
}

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>One queue of background jobs.</summary>
/// <param name="Name">"short", "default" or "long".</param>
/// <param name="Waiting">Jobs that no worker has begun.</param>
/// <param name="Failed">Jobs that failed within the time for which Redis keeps them.</param>
public sealed record QueueDepth(string Name, int Waiting, int Failed);

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>How many processes serve a bench.</summary>
/// <param name="GunicornWorkers">Processes that answer web requests; about 85 MB each.</param>
/// <param name="GunicornThreads">Requests that each of them answers at once.</param>
/// <param name="ShortWorkers">Workers of the queues short and default; each about 45 MB idle, and as much again as its job needs.</param>
/// <param name="LongWorkers">Workers of the queues long, default and short.</param>
public sealed record BenchWorkers(int GunicornWorkers, int GunicornThreads, int ShortWorkers, int LongWorkers)
{
    /// <summary>What frappe_docker starts when nobody says otherwise.</summary>
    public static readonly BenchWorkers Default = new(2, 4, 1, 1);

    /// <summary>What a user is told when counts do not pass.</summary>
    public const string Rule = "1 to 36 web processes, 1 to 16 threads in each, and 1 to 16 workers of each queue.";

    /// <summary>Whether they keep the <see cref="Rule"/>.</summary>
    public bool AreValid() => GunicornWorkers is >= 1 and <= 36 && GunicornThreads is >= 1 and <= 16 && ShortWorkers is >= 1 and <= 16 && LongWorkers is >= 1 and <= 16;
}
